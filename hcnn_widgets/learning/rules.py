"""The learning rules there are, by name: they drive the API, the drop-downs and the tests at once."""

from collections.abc import Callable
from typing import Any

from .backpropagation import Backpropagation
from .feedback.alignment import FeedbackAlignment, KolenPollack, SignSymmetry
from .feedback.direct import DirectFeedbackAlignment
from .perceptron_rule import PerceptronRule
from .rule import Rule
from .without_labels.autoencoder import Autoencoder
from .without_labels.hebbian import CompetitiveHebbian, Oja, RandomWhitened, Sanger
from .without_labels.readout_only import ReadoutOnly
from .without_labels.simclr import SimCLR
from .without_labels.sparse_coding import SparseCoding
from .without_labels.two_moments import TwoMoments

RULES: dict[str, Callable[..., Rule]] = {
    kind.name: kind
    for kind in (
        Backpropagation,
        FeedbackAlignment,
        DirectFeedbackAlignment,
        SignSymmetry,
        KolenPollack,
        CompetitiveHebbian,
        SparseCoding,
        Oja,
        Sanger,
        SimCLR,
        TwoMoments,
        Autoencoder,
        RandomWhitened,
        ReadoutOnly,
        PerceptronRule,
    )
}


def rule_to_dict(rule: Rule) -> dict[str, Any]:
    """Return a rule as plain data.

    Raises
    ------
    ValueError
        If the rule is not in `RULES`, so that nobody could make it again.
    """
    if rule.name not in RULES:
        raise ValueError(f"`rule` must be one of {', '.join(RULES)} to be written; received {rule.name!r}.")
    return rule.to_dict()


def rule_from_dict(data: dict[str, Any]) -> Rule:
    """Make a rule of what `rule_to_dict` returned.

    Raises
    ------
    ValueError
        If the rule is not known.
    """
    settings = dict(data)
    name = settings.pop("rule", None)
    if name not in RULES:
        raise ValueError(f"`rule` must be one of {', '.join(RULES)}; received {name!r}.")
    return RULES[name](**settings)
