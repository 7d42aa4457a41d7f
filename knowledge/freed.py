"""Memory that was freed and is still held: glibc keeps it for later, and a coach that has loaded needs it no more.

Other C libraries give it back by themselves.
"""

import ctypes
import sys

ARENAS = 2
M_ARENA_MAX = -8
"""Source: malloc.h of glibc."""


def hold_little() -> None:
    """Before any thread starts: no heap of its own for each of them, where what it has freed would stay."""
    if sys.platform == "linux" and (set_option := getattr(ctypes.CDLL(None), "mallopt", None)):
        set_option(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Hand freed memory to the system, which takes a millisecond or two: some 50 MB after the base was loaded."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
