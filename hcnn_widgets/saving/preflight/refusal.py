"""The error for a model file that is not opened."""

from pathlib import Path


def refusal(path: Path, fault: str, accepted: str, received: str) -> ValueError:
    """Return the error: what is wrong with the file, what is accepted, and what came.

    Examples
    --------
    >>> refusal(Path("m.keras"), "holds no network", "an archive of a keras.Model", "nothing")
    ValueError('`path` holds no network. Accepted is an archive of a keras.Model; received nothing in m.keras.')
    """
    return ValueError(f"`path` {fault}. Accepted is {accepted}; received {received} in {path}.")
