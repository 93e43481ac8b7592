"""Join two records by stimulus id, never by row."""

import numpy as np
from numpy.typing import NDArray


def rows_of(wanted: NDArray[np.str_], ids: NDArray[np.str_], argument: str) -> NDArray[np.intp]:
    """Return the row of each wanted id.

    Parameters
    ----------
    wanted : (n_wanted,) str
    ids : (n_stimuli,) str
        Unique, in any order.
    argument : str
        Name of the argument with these ids, for the error message.

    Returns
    -------
    (n_wanted,) intp
        Such that ``ids[rows]`` equals `wanted`.

    Raises
    ------
    ValueError
        If an id is missing; the first missing ids are listed.

    Examples
    --------
    >>> rows_of(np.array(["b", "a"]), np.array(["a", "b", "c"]), "recordings").tolist()
    [1, 0]
    """
    row_of = {name: row for row, name in enumerate(ids.tolist())}
    missing = [name for name in wanted.tolist() if name not in row_of]
    if missing:
        more = ", ..." if len(missing) > 5 else "."
        raise ValueError(
            f"`{argument}` lacks {len(missing)} of {len(wanted)} ids. Accepted are ids among its {len(ids)}, such as "
            f"{ids[0]}; missing are {', '.join(missing[:5])}{more}"
        )
    return np.array([row_of[name] for name in wanted.tolist()], dtype=np.intp)
