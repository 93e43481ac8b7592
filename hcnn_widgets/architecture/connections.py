"""Which channels the kernels of a filter see, where not all of them see all."""

from typing import Any

from .checked_fields import shown

Connections = tuple[tuple[int, ...], ...]
"""For each kernel the channels that it sees, from 0; empty where every kernel sees every channel."""

_MOST_CHANNELS = 4096
_ACCEPTED = "for each kernel the channels that it sees, whole numbers from 0 that rise, are accepted (or () for all)"


def checked_connections(given: Any, n_kernels: int) -> Connections:
    """Return connections as tuples of int.

    Raises
    ------
    ValueError
        When they are no sequence of sequences of rising whole numbers, one for each kernel.
    """
    rows = tuple(map(_channels, given)) if isinstance(given, list | tuple) else (None,)
    if None in rows or (rows and len(rows) != n_kernels):
        raise ValueError(
            f"`connections` of filter do not say what {n_kernels} kernels see; {_ACCEPTED}; received {shown(given)}."
        )
    return tuple(row for row in rows if row is not None)


def check_reach(connections: Connections, n_channels: int) -> None:
    """Refuse connections to channels that the map before does not have."""
    last = max((row[-1] for row in connections), default=0)
    if last >= n_channels:
        raise ValueError(
            f"`connections` of filter name a channel that there is not; channels from 0 to {n_channels - 1} are "
            f"accepted here; received {last}."
        )


def _channels(row: Any) -> tuple[int, ...] | None:
    """Return the channels of a kernel; None where they are none."""
    if not isinstance(row, list | tuple) or not 1 <= len(row) <= _MOST_CHANNELS:
        return None
    if not all(isinstance(channel, int) and not isinstance(channel, bool) for channel in row):
        return None
    rising = all(below < above for below, above in zip((-1, *row), row, strict=False))
    return tuple(row) if rising and row[-1] < _MOST_CHANNELS else None
