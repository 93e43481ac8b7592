"""Natural order of file names: image2 before image10."""

import re


def natural_key(name: str) -> tuple[list[list[str | int]], str]:
    """Return a key that sorts paths folder by folder, numbers by their value, and letters without regard to case.

    Examples
    --------
    >>> sorted(["b/1", "a/10", "a/9"], key=natural_key)
    ['a/9', 'a/10', 'b/1']
    """
    parts = [re.split(r"(\d+)", part.casefold()) for part in name.split("/")]
    # Text and numbers take turns in the split, so that like is compared with like; the name itself decides between
    # names that count alike, such as 1 and 01.
    return [[int(piece) if place % 2 else piece for place, piece in enumerate(part)] for part in parts], name
