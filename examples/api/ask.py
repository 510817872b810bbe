#!/usr/bin/env python3
"""From Python, with and without the library: what C code in this process makes is what it bears on.

What Python itself makes is close-on-exec in any case (PEP 446).
"""
import ctypes

process = ctypes.CDLL(None, use_errno=True)

if hasattr(process, "cloexec_getdefault"):
    fd = process.open(b"/dev/null", 0)
    print("default", process.cloexec_getdefault(), "flag", process.cloexec_get(fd))
    process.cloexec_set(fd, 0)
    print("flag", process.cloexec_get(fd))
    if process.cloexec_get(-1) < 0:
        print("errno", ctypes.get_errno())
else:
    print("the library is not here")
