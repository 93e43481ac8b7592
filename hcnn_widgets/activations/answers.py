"""A network's choices among categories: the answer to each stimulus, its probability, and what is taken for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.checks import checked_categories
from hcnn_widgets.records.data_out import data_frame
from hcnn_widgets.records.frozen_record import FrozenRecord, freeze_arrays
from hcnn_widgets.records.keywords import checks_keywords

OFF_BY = 0.01
"""What half precision leaves at most of probabilities that should sum to 1."""


@checks_keywords
@dataclass(frozen=True, eq=False, repr=False)
class Answers(FrozenRecord):
    """A network's answers to stimuli, each a choice among the same categories.

    Parameters
    ----------
    probabilities : (n_stimuli, n_categories) array_like
        Of each category, in [0, 1].
    categories : sequence of str
        In the order of the columns.
    stimulus_ids : (n_stimuli,) array_like of str
    correct : (n_stimuli,) array_like of str, optional
        The right answers, where they are known.

    Raises
    ------
    ValueError
        If the sizes do not go together, or a right answer is no category.

    Examples
    --------
    >>> given = Answers([[0.75, 0.25], [0.5, 0.5], [0.0, 1.0]], ("cat", "dog"), ["a", "b", "c"], ["cat", "dog", "dog"])
    >>> given
    Answers(3 stimuli; cat, dog; 66.7 % right)
    >>> given.answers.tolist(), given.confusion.tolist()
    (['cat', 'cat', 'dog'], [[1, 0], [1, 1]])
    """

    probabilities: NDArray[np.float64]
    categories: tuple[str, ...]
    stimulus_ids: NDArray[np.str_]
    correct: NDArray[np.str_] | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "probabilities", np.asarray(self.probabilities, np.float64))
        put(self, "categories", checked_categories(self.categories))
        put(self, "stimulus_ids", np.asarray(self.stimulus_ids, np.str_))
        wanted = len(self.stimulus_ids), len(self.categories)
        if self.probabilities.shape != wanted:
            raise ValueError(
                f"`probabilities` must have a row a stimulus and a column a category, {wanted}; received "
                f"{self.probabilities.shape}."
            )
        if self.correct is not None:
            put(self, "correct", np.asarray(self.correct, np.str_))
            strange = sorted(set(self.correct.tolist()) - set(self.categories))
            if strange or self.correct.shape != wanted[:1]:
                came = ", ".join(strange[:5]) or f"an array of {self.correct.shape}"
                raise ValueError(
                    f"`correct` must be a category for each of {wanted[0]:,} stimuli, of "
                    f"{', '.join(self.categories[:8])}; received {came}."
                )
        freeze_arrays(self)

    @property
    def answers(self) -> NDArray[np.str_]:
        """The likeliest category of each stimulus, (n_stimuli,) str; of equals the first."""
        return np.array(self.categories)[self.probabilities.argmax(axis=1)]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Whether each answer is right, (n_stimuli,) bool.

        Raises
        ------
        ValueError
            If the right answers are not known.
        """
        return self.answers == self._known()

    @property
    def confusion(self) -> NDArray[np.intp]:
        """How often each category (row) is answered by each (column), (n_categories, n_categories) int.

        Raises
        ------
        ValueError
            If the right answers are not known.
        """
        place = {category: number for number, category in enumerate(self.categories)}
        counts = np.zeros(2 * (len(self.categories),), np.intp)
        np.add.at(counts, ([place[each] for each in self._known()], self.probabilities.argmax(axis=1)), 1)
        return counts

    def to_dataframe(self) -> Any:
        """Return a row a stimulus as a pandas DataFrame: stimulus, answer, probability, what is right, each category's.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        columns: dict[str, Any] = {"stimulus": self.stimulus_ids, "answer": self.answers}
        columns["probability"] = self.probabilities.max(axis=1)
        if self.correct is not None:
            columns |= {"correct": self.correct, "right": self.right}
        columns |= {f"p({name})": self.probabilities[:, place] for place, name in enumerate(self.categories)}
        return data_frame(columns, {})

    def _known(self) -> NDArray[np.str_]:
        if self.correct is None:
            raise ValueError(
                "`correct` must be known to say which answers are right; accepted are stimuli with what the goal "
                "needs, such as labels; received none."
            )
        return self.correct

    def __repr__(self) -> str:
        named = ", ".join(self.categories[:6]) + (", ..." if len(self.categories) > 6 else "")
        score = f"; {100 * self.right.mean():.1f} % right" if self.correct is not None and len(self.correct) else ""
        return f"Answers({len(self.stimulus_ids):,} stimuli; {named}{score})"


def probabilities(outputs: Any) -> NDArray[np.float64]:
    """Return the probability of each category: the outputs, where they are probabilities, or else their softmax.

    Parameters
    ----------
    outputs : (n_stimuli, n_categories)

    Examples
    --------
    >>> probabilities([[0.25, 0.75]]).tolist(), probabilities([[0.0, np.log(3)]]).round(2).tolist()
    ([[0.25, 0.75]], [[0.25, 0.75]])
    """
    values = np.asarray(outputs, np.float64)
    if are_probabilities(values):
        return values
    grown = np.exp(values - values.max(axis=1, keepdims=True))
    return grown / grown.sum(axis=1, keepdims=True)


def are_probabilities(values: NDArray[np.float64]) -> bool:
    """Return whether each row is a distribution."""
    return bool((values >= 0).all() and (abs(values.sum(axis=1) - 1) < OFF_BY).all())


def are_choices(goal: Any, categories: Sequence[str], outputs: Any, targets: Any) -> bool:
    """Return whether outputs are a choice: one for each category, and the target the number of the right one.

    Where targets cannot be had, a goal is a choice whose score has a chance level above 0, that of guessing.

    Parameters
    ----------
    goal : Goal
    categories : sequence of str
    outputs : array, or dict or list of them
    targets : array or None
    """
    if not isinstance(outputs, np.ndarray) or outputs.ndim != 2 or outputs.shape[1] < 2:
        return False
    if targets is None:
        return len(categories) == outputs.shape[1] and bool(goal.score_kinds(categories)[0].chance)
    return isinstance(targets, np.ndarray) and targets.ndim == 1 and targets.dtype.kind in "iu"


def known_targets(goal: Any, stimuli: Any, categories: Sequence[str]) -> Any:
    """Return what a goal asks of outputs for stimuli; None where these lack it, or show what the network knows not.

    Parameters
    ----------
    goal : Goal
    stimuli : StimulusSet or SequenceSet
    categories : sequence of str
    """
    try:
        return goal.targets(stimuli, categories)
    except ValueError:
        return None
