extension Explanations {
    static let assertReasons = [
        Explanation(
            "assert.value",
            "something is not as the script demands",
            "An `expect` or `require` does not hold. The values of its parts stand below the "
                + "source line.",
            causes: [
                "the server changed", "the script demands more than is promised",
                "a comparison of unlike things: text in another case, an address with brackets",
            ],
            remedies: [
                "read the values under the line from right to left: the first surprise is the "
                    + "cause",
                "`= nearest` shows what came closest", "to only warn: add else warn",
            ],
            example: "expected SIZE >= 20MB, got 10240000"
        ),
        Explanation(
            "assert.snapshot",
            "something differs from what was recorded",
            "A value differs from the snapshot that an earlier run recorded.",
            causes: [
                "the server was updated or set up anew",
                "the value holds what changes with every run: times, identifiers",
            ],
            remedies: [
                "look at the difference; if it is right, record the snapshot anew",
                "leave out what changes with every run",
            ],
            example: "snapshot banner differs: \"ESMTP Postfix\" became \"ESMTP\""
        ),
        Explanation(
            "assert.measure",
            "a measure is beyond its limit",
            "A measured time, size or number exceeds the `fail >` of its statement.",
            causes: [
                "load on the server or on the way", "a queue that is not empty",
                "greylisting in front of it",
            ],
            remedies: [
                "--trace shows which reply was slow",
                "compare with earlier runs before raising the limit",
            ],
            example: "measure delivery: 3m 12s exceeds 2m"
        ),
    ]
}
