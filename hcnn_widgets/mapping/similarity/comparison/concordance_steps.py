"""tau_A counted by hand: every pair of dissimilarities, and whether both RDMs order it the same way."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from hcnn_widgets.mapping.similarity.comparison.compare import joined_vectors
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import n_stimuli_of
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.records.keywords import checks_keywords

MOST_STIMULI = 12
"""66 dissimilarities, 2,145 pairs of them: more than anybody counts."""

VERDICTS = {1: "concordant", -1: "discordant", 0: "tied"}
Pair = tuple[str, str]


@dataclass(frozen=True)
class ConcordanceStep:
    """One pair of dissimilarities.

    Parameters
    ----------
    first, second : (str, str)
        The two pairs of stimuli.
    in_a, in_b : (float, float)
        Their dissimilarities in each RDM.
    verdict : 1, -1 or 0
        Concordant: both RDMs find the same one larger; discordant: they differ; tied: equal in one of them.
    count : int
        Sum of the verdicts up to here.
    """

    first: Pair
    second: Pair
    in_a: tuple[float, float]
    in_b: tuple[float, float]
    verdict: int
    count: int

    def __str__(self) -> str:
        pairs = " against ".join("-".join(pair) for pair in (self.first, self.second))
        return f"{pairs}: {VERDICTS[self.verdict]} ({self.verdict:+d}), count {self.count}"


@dataclass(frozen=True, repr=False)
class ConcordanceSteps:
    """All steps, in order.

    Parameters
    ----------
    steps : tuple of ConcordanceStep
        Pairs in the order of the RDM's upper triangle.
    """

    steps: tuple[ConcordanceStep, ...]

    @property
    def count(self) -> int:
        """Concordant minus discordant pairs."""
        return self.steps[-1].count

    @property
    def tau_a(self) -> float:
        """The count over the number of pairs."""
        return self.count / len(self.steps)

    def number_of(self, verdict: int) -> int:
        """Count the steps with this verdict: 1 concordant, -1 discordant, 0 tied."""
        if verdict not in tuple(VERDICTS):
            raise ValueError(f"`verdict={verdict!r}` is none. Accepted are 1, -1 and 0.")
        return sum(step.verdict == verdict for step in self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.number_of(verdict)} {word}" for verdict, word in VERDICTS.items())
        return f"ConcordanceSteps({counts}; tau_A = {self.count} / {len(self)} = {self.tau_a:.3f})"


@checks_keywords
def concordance_steps(a: Any, b: Any) -> ConcordanceSteps:
    """Count tau_A step by step.

    Parameters
    ----------
    a, b : Rdm, (n_stimuli, n_stimuli) float or (k,) float
        Of 3 to 12 stimuli; two Rdms are joined by stimulus id.

    Returns
    -------
    ConcordanceSteps
        k (k - 1) / 2 steps; the last count over their number is tau_A.

    Raises
    ------
    TypeError, ValueError
        If there are more than 12 stimuli, or the RDMs do not fit one another.

    Examples
    --------
    >>> counted = concordance_steps(Rdm([1, 2, 3], ["cat", "dog", "car"]), Rdm([1, 3, 3], ["cat", "dog", "car"]))
    >>> counted
    ConcordanceSteps(2 concordant, 0 discordant, 1 tied; tau_A = 2 / 3 = 0.667)
    >>> print(counted.steps[0])
    cat-dog against cat-car: concordant (+1), count 1
    """
    vectors = joined_vectors([a, b], ("a", "b"), "tau_a")
    n_stimuli = n_stimuli_of(vectors.shape[1]) or 0
    if n_stimuli > MOST_STIMULI:
        raise ValueError(
            f"`a` has too many stimuli to count by hand. Accepted are 3 to {MOST_STIMULI}; received {n_stimuli}. Take "
            "some with .select(...); `compare` counts any number."
        )
    ids = next((rdm.stimulus_ids.tolist() for rdm in (a, b) if isinstance(rdm, Rdm)), list(map(str, range(n_stimuli))))
    entries = zip(combinations(ids, 2), *vectors.tolist(), strict=True)
    steps: list[ConcordanceStep] = []
    count = 0
    for (first, a_first, b_first), (second, a_second, b_second) in combinations(entries, 2):
        verdict = _sign(a_first - a_second) * _sign(b_first - b_second)
        count += verdict
        steps.append(ConcordanceStep(first, second, (a_first, a_second), (b_first, b_second), verdict, count))
    return ConcordanceSteps(tuple(steps))


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)
