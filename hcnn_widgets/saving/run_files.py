"""The files in the folder of a saved run: their names, columns and limits, for writing and for reading."""

from typing import Any

from hcnn_widgets.learning.history import BinRow

FORMAT = "hcnn_widgets run 1"
RUN, HISTORY, KERNELS, NETWORK, README = "run.json", "history.csv", "kernels.npz", "network.keras", "README.md"
SCORES = "scores-{number}"
WHOLE_OF = "whole_of"
"""Says of a table of scores that it is on all images, and after which of the others."""
MOST_SCORES = 64
CURVE_COLUMNS = BinRow._fields
STEPS = "steps"
OF_AREA = "kernels of {area}"
MOST_TEXT = {".csv": 2**24, ".json": 2**23}
"""Bytes of a file of text, by its kind."""
MOST_ROWS = 400_000
"""Rows of a table."""
MOST_KERNELS = 2**28
"""Bytes of all kernels."""

ABOUT = """# {title}

A training of the network "{name}", saved by hcnn_widgets {version}. Nothing in this folder needs that package to be
read.

- `run.json`: the choices (architecture, goal, rule), the seed, the images in words and numbers, versions, how it ended.
- `history.csv`: the curves. A row is a bin of `bin_width` steps: the mean step, and mean, lowest and highest value of
  the `n_values` values in it. Names that begin with "validation" are of held-out images.
- `scores-1.csv`, ...: the scores over the training against recordings from the brain: Pearson r of each model area for
  each brain area, its error, the untrained network's r, the noise ceiling, the r of the bare pixels. `simulated` is 1
  where the recordings are simulated. `scores-1.json` has for each `table` its images, convention, source and notes.
- `kernels.npz`: for each model area the kernels of its first filter at some steps, an array (n_steps, n_kernels,
  height, width, n_channels); `steps` says which.
- `network.keras`: the network at the end, as Keras writes it.

```python
import csv, json, numpy
choices = json.load(open("run.json"))
curves = list(csv.DictReader(open("history.csv", newline="")))
kernels = numpy.load("kernels.npz", allow_pickle=False)
```
"""


def is_own_name(name: str) -> bool:
    """Return whether a file in the folder may be of a saved run, by its name.

    Examples
    --------
    >>> is_own_name("history.csv"), is_own_name("scores-2.csv"), is_own_name("notes.txt")
    (True, True, False)
    """
    own = {RUN, HISTORY, KERNELS, NETWORK, README}
    return name in own or name in {
        SCORES.format(number=number) + kind for number in range(1, MOST_SCORES + 1) for kind in (".csv", ".json")
    }


def is_ours(data: Any) -> bool:
    """Return whether what `run.json` holds was written by this package, of whatever version."""
    return isinstance(data, dict) and str(data.get("format")).startswith("hcnn_widgets run ")
