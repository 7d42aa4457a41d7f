"""Memory that was freed and is still held: glibc keeps it for later, and a coach that has loaded needs it no more.

Other C libraries give it back by themselves.
"""

import ctypes
import sys

ARENAS = 2
LARGE = 4 * 2**20
"""Bytes from which a block is a mapping of its own, handed back as soon as it is freed. Left alone, glibc raises the
bound to the largest block freed so far, and what a start works with stays in its heap."""
M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
"""Source: malloc.h of glibc."""


def hold_little() -> None:
    """Before any thread starts: no heap of its own for each of them, where what it has freed would stay."""
    if sys.platform == "linux" and (set_option := getattr(ctypes.CDLL(None), "mallopt", None)):
        set_option(M_ARENA_MAX, ARENAS)
        set_option(M_MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Hand freed memory to the system, which takes a millisecond or two: some 50 MB after the base was loaded."""
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)):
        trim(0)
