"""Runs that were saved before: shown again at once, without training."""

from os import PathLike

from hcnn_widgets.learning.run import Run
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.saving.run_reading import read_run


@checks_keywords
def load_run(folder: "str | PathLike[str]") -> Run:
    """Load a run that ``run.save`` wrote: every panel shows it at once, as it was when it was saved.

    Training monitor and kernel grid take it like a run that has just ended; `ScoreTrace`, `PredictivityBars` and
    `BrainMap` show the saved scores, with or without the recordings. ``run.model`` can be looked into, scored against
    other recordings, and trained on.

    The files are looked at before anything is made of them, and nothing in them is run: a folder may come from
    anywhere.

    Parameters
    ----------
    folder : str or path

    Returns
    -------
    Run
        Over. Its ``setup`` says the seed, the images in words and numbers, and the versions.

    Raises
    ------
    FileNotFoundError
        If there is no such folder.
    ValueError
        If it holds anything that ``run.save`` does not write, or is damaged.
    """
    return read_run(GoalDrivenModel, folder)
