"""How figures of speed are taken and told: wall clock in milliseconds, and the processor's time beside it.

A machine that does other things as well stretches the first; the second says what the work itself costs.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter, process_time

Report = Callable[[str], None]


@dataclass
class Timings:
    """Seconds that the same work took, again and again."""

    name: str
    wall: list[float] = field(default_factory=list)
    processor: float = 0.0

    def take(self, work: Callable[[], object]) -> None:
        """Do it once more, on the clock."""
        began, busy = perf_counter(), process_time()
        work()
        self.wall.append(perf_counter() - began)
        self.processor += process_time() - busy

    def row(self, goal: str = "") -> str:
        """Name, p50, p95 and the mean of the processor's time, in milliseconds."""
        busy = self.processor / len(self.wall) * 1000
        return (
            f"  {self.name:<26}{at(self.wall, 50) * 1000:9.1f}{at(self.wall, 95) * 1000:9.1f}{busy:9.1f}   {goal}"
        ).rstrip()


HEAD = f"  {'ms':<26}{'p50':>9}{'p95':>9}{'cpu':>9}"


def at(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent lie (the nearest one there is)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def on_one_core() -> str:
    """Keep this process on one core, where the system can; call it before anything starts a thread. Says what it did.

    A core that another process is bound to as well is still shared.
    """
    if not hasattr(os, "sched_setaffinity"):
        return "on every core: this system cannot bind a process"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return "on one core"


def load() -> str:
    """How much else the machine does, for whoever reads the figures later."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
