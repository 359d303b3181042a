# shellcheck shell=bash
# What the scripts of this folder share; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
    say "$*"
    exit 1
}

need_swift() {
    command -v swift >/dev/null || die "no 'swift' in PATH: install the Swift 6.3 toolchain first"
}

# A crash must end the process: the interactive backtracer would hold the runner's pipe open.
export SWIFT_BACKTRACE=enable=no

# The debug binary is part of this build; the command-line tests and the suites run it.
build_tests() {
    need_swift
    swift build --package-path "$root" --build-tests >&2
}
