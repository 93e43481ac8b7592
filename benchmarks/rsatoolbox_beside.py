"""Timing something of ours beside rsatoolbox's, in turn, in one process.

rsatoolbox and this package do not need one environment each, but it asks for a compiler on some systems:

    pip install rsatoolbox==0.3.2
"""

import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any


def rsatoolbox() -> Any:
    """Import rsatoolbox, or say how to get it and leave."""
    try:
        import rsatoolbox
    except ImportError:
        sys.exit("This benchmark compares with rsatoolbox, which is not installed: pip install rsatoolbox==0.3.2")
    return rsatoolbox


def print_versions() -> None:
    """Print what is compared, and on which linear algebra."""
    from stopwatch import processor
    from threadpoolctl import threadpool_info

    named = ", ".join(f"{name} {version(name)}" for name in ("rsatoolbox", "numpy", "scipy"))
    blas = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    pools = ", ".join(f"{pool['prefix']} {pool['version']} on {pool['num_threads']} threads" for pool in blas)
    print(f"{processor()}; {named}; {pools}")


def in_turn(jobs: dict[str, Callable[[], Any]], repeats: int) -> tuple[dict[str, float], dict[str, Any]]:
    """Run the jobs one after the other, some times over, once before it counts.

    Returns
    -------
    seconds : dict of str to float
        Median of each job's times.
    results : dict
        What each gave.
    """
    results = {name: job() for name, job in jobs.items()}
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(repeats):
        for name, job in jobs.items():
            began = time.perf_counter()
            results[name] = job()
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}, results
