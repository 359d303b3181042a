"""Milliseconds from the start of `parley` to its first prompt at a terminal, the median of many.

    prompt.py PARLEY TURNS
"""

import os
import pty
import statistics
import sys
import tempfile
import time

parley, turns = sys.argv[1], int(sys.argv[2])


def once(home):
    begun = time.monotonic()
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(HOME=home, XDG_STATE_HOME=home, TERM="xterm", LANG="C.UTF-8")
        os.execv(parley, [parley])
    seen = b""
    while b"parley>" not in seen:
        seen += os.read(terminal, 4096)
    took = time.monotonic() - begun
    os.write(terminal, b"\x04")
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:
        pass
    os.waitpid(process, 0)
    os.close(terminal)
    return took * 1000


with tempfile.TemporaryDirectory() as folder:
    times = [once(folder) for _ in range(turns)]
print("start to the first prompt at a terminal (under 50 ms)")
print(f"  parley       {statistics.median(times):8.2f} ms")
