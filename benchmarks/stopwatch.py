"""Timing a job, and saying on which processor and linear algebra it ran: shared by the benchmarks of the mapping."""

import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_info


def timed(job: Callable[[], Any], n_repeats: int = 1) -> tuple[list[float], Any]:
    """Give the seconds of every repeat of a job, and its last result."""
    seconds = []
    for _ in range(n_repeats):
        began = time.perf_counter()
        result = job()
        seconds.append(time.perf_counter() - began)
    return seconds, result


def median_timed(job: Callable[[], Any], n_repeats: int) -> tuple[float, Any]:
    """Give the median of the seconds that a job took, and its result."""
    seconds, result = timed(job, n_repeats)
    return statistics.median(seconds), result


def linear_algebra() -> str:
    """Return the processor, and the kernels that NumPy and SciPy multiply with."""
    pools = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    kernels = [
        f"{pool['prefix']} {pool['version']}, {pool['architecture']}, {pool['num_threads']} threads" for pool in pools
    ]
    return "; ".join([processor(), *kernels])


def processor() -> str:
    """Return the name of the processor, as Linux tells it, or the kind that Python knows."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]} x {len(names)}" if names else platform.processor() or platform.machine()
