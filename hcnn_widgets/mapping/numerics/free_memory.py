"""Measure the memory left to this process, on the machine and under a hub's or container's limits."""

from collections.abc import Iterator
from pathlib import Path


def free_memory(root: Path = Path("/")) -> int:
    """Return the bytes that can be allocated without swapping and without a process being killed.

    Parameters
    ----------
    root : Path
        Folder that holds ``proc`` and ``sys`` on Linux; other systems have neither.

    Returns
    -------
    int
        The smallest of the memory available on the machine and the memory left under the limits of the process's
        control groups, by which shared hubs, containers and batch systems divide a machine.
    """
    import psutil  # type: ignore[import-untyped]

    return min([int(psutil.virtual_memory().available), *_left_of_limits(root)])


def _left_of_limits(root: Path) -> Iterator[int]:
    """Yield the memory left under each limit on this process, in control groups of either version."""
    for folder in _control_groups(root):
        for limit_name, used_name, cache_name in (
            ("memory.max", "memory.current", "inactive_file"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
        ):
            limit, used = _number(folder / limit_name), _number(folder / used_name)
            if limit is not None and used is not None:
                # Cached files count as used, and are dropped when the memory is needed.
                yield max(0, limit - used + _cached(folder / "memory.stat", cache_name))


def _control_groups(root: Path) -> Iterator[Path]:
    """Yield the folders of the process's memory groups, from its own group up to the root group."""
    try:
        lines = (root / "proc" / "self" / "cgroup").read_text().splitlines()
    except OSError:
        return
    for line in lines:
        number, controllers, path = line.split(":", 2)
        if number == "0" or "memory" in controllers.split(","):
            top = root / "sys" / "fs" / "cgroup" / ("" if number == "0" else "memory")
            group = top / path.strip("/")
            yield group
            yield from [above for above in group.parents if above == top or top in above.parents]


def _number(file: Path) -> int | None:
    """Read the number in a file; None without a file, or without a limit."""
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None


def _cached(file: Path, name: str) -> int:
    """Read the bytes of cached files that have not been used recently."""
    try:
        lines = file.read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.split()[:1] == [name])
