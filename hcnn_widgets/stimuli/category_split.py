"""Split stimuli in two by their categories, so that some are never seen in training."""

from collections.abc import Iterable

import numpy as np

from hcnn_widgets.records.checks import check_kind, known_name
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


@checks_keywords
def split_categories(stimuli: StimulusSet, names: str | Iterable[str]) -> tuple[StimulusSet, StimulusSet]:
    """Split a set by its categories: those that are not named, and those that are.

    Parameters
    ----------
    stimuli : StimulusSet
        With labels; images may still be in the making.
    names : str or iterable of str
        Categories of the second part: never seen, where a network is trained on the first.

    Returns
    -------
    others, named : StimulusSet
        Each in the order of the set.

    Raises
    ------
    TypeError, ValueError
        If there are no labels, a category is unknown, or a part is empty.

    Examples
    --------
    >>> import hcnn_widgets as hw
    >>> seen, never_seen = hw.stimuli.split_categories(hw.stimuli.objects(64, size=16), ["boats", "cars"])
    >>> len(seen.categories), never_seen.categories
    (6, ('boats', 'cars'))
    """
    check_kind("stimuli", stimuli, StimulusSet)
    if stimuli.labels is None:
        raise ValueError("`stimuli` have no labels. Accepted is a stimulus set with labels; received one without.")
    there_are = stimuli.categories
    named = {known_name("names", name, there_are) for name in ([names] if isinstance(names, str) else names)}
    if not 0 < len(named) < len(there_are):
        raise ValueError(
            f"`names` must leave categories in both parts. Accepted are 1 to {len(there_are) - 1} of "
            f"{', '.join(there_are)}; received {len(named)}."
        )
    chosen = np.isin(stimuli.labels, list(named))
    return stimuli.select(~chosen), stimuli.select(chosen)
