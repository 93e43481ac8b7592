"""A goal of which a share of the images has the answers: what few labels are enough for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.records.checks import check_seed, is_number
from hcnn_widgets.records.keywords import checks_keywords

from .categorization import Categorization
from .goal import Goal, KerasLines, LayerMakers
from .quantity import Quantity

if TYPE_CHECKING:
    from hcnn_widgets.stimuli.stimulus_set import StimulusSet


CATEGORIES = Categorization()


@checks_keywords
@dataclass(frozen=True)
class PartlyLabelled:
    """Tell a network the answers for a share of the images alone; of the others it sees the pixels, if its rule looks.

    Backpropagation learns from the labelled images of each batch. Rules without labels learn their areas from all
    images, and a readout beside from the labelled ones. The loss is that of labelled images; the score is that of all,
    so that in training, too, it tells how well unlabelled ones are answered.

    Parameters
    ----------
    asked : Goal
        What is asked.
    share : float
        Of the images, from 0 to 1, the same of each category. With 0 only rules without labels can train.
    seed : int
        Which images have the answers.

    Raises
    ------
    TypeError, ValueError
        If these are no goal, no share, no seed.

    Source
    ------
    Yamins & DiCarlo (2016), Nature Neuroscience 19, 356, on learning rules with few labels.

    Examples
    --------
    >>> PartlyLabelled(share=0.01).score_kinds(("cat", "dog"))[0].chance
    0.5
    """

    asked: Goal = CATEGORIES
    share: float = 0.1
    seed: int = 0

    name: ClassVar[str] = "partly labelled"
    needs: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.asked, Goal):
            raise TypeError(
                "`asked` of PartlyLabelled is no goal; one such as Categorization() is accepted; received "
                f"{type(self.asked).__name__}."
            )
        if not is_number(self.share) or not 0 <= self.share <= 1:
            raise ValueError(f"`share` of PartlyLabelled must be a number from 0 to 1; received {self.share!r}.")
        check_seed(self.seed)
        object.__setattr__(self, "needs", self.asked.needs)

    def refusal(self, stimuli: "StimulusSet") -> str:
        """Return why stimuli cannot be trained on: the goal's own reason, or that not one of them has its answer."""
        if refusal := self.asked.refusal(stimuli):
            return refusal
        if round(self.share * len(stimuli)) >= 1:
            return ""
        return (
            "`share` of PartlyLabelled leaves no image with its answer. Accepted is one image or more, or a rule "
            f"without labels; received {self.share:g} of {len(stimuli)}."
        )

    def units(self, stimuli: "StimulusSet") -> tuple[str, ...]:
        """Return what the goal's outputs stand for."""
        return self.asked.units(stimuli)

    def head(self, trunk: Any, units: Sequence[str], seed: int | None, layers: LayerMakers) -> Any:
        """Put the goal's head onto the trunk."""
        return self.asked.head(trunk, units, seed, layers)

    def output_refusal(self, outputs: Any, units: Sequence[str]) -> str:
        """Return the sentence that says why outputs cannot serve; see `Goal.output_refusal`."""
        return self.asked.output_refusal(outputs, units)

    def labelled(self, stimuli: "StimulusSet") -> NDArray[np.bool_]:
        """Return which stimuli have their answers, (n_stimuli,): ``round(share * n_stimuli)``, drawn by category."""
        from hcnn_widgets.stimuli.stratified_split import smaller_part

        n_stimuli = len(stimuli)
        n_labelled = round(self.share * n_stimuli)
        if n_labelled in (0, n_stimuli):
            return np.full(n_stimuli, n_labelled > 0)
        groups = np.zeros(n_stimuli, np.int64) if stimuli.labels is None else stimuli.label_indices()
        if 2 * n_labelled <= n_stimuli:
            return smaller_part(groups, n_labelled / n_stimuli, self.seed)
        return ~smaller_part(groups, 1 - n_labelled / n_stimuli, self.seed)

    def targets(self, stimuli: "StimulusSet", units: Sequence[str]) -> dict[str, Any]:
        """Return "asked", the goal's targets, and "labelled", (n_stimuli,) float32, 1 where they are told."""
        told = self.labelled(stimuli).astype(np.float32)
        return {"asked": self.asked.targets(stimuli, units), "labelled": told}

    def loss(self) -> Any:
        """Return the loss: the goal's, of the labelled images of a batch; 0 where there are none."""
        ops, own = keras.ops, self.asked.loss()

        def of_labelled(targets: Any, outputs: Any) -> Any:
            outputs = keras.tree.map_structure(lambda each: getattr(each, "_keras_logits", each), outputs)
            told = ops.cast(targets["labelled"], "int32")
            n_told, n_images = ops.sum(told), ops.shape(told)[0]
            # A batch keeps its size, so that it is compiled once: labelled images come again until it is full.
            rows = ops.take(ops.argsort(1 - told), ops.arange(n_images) % ops.maximum(n_told, 1))

            def taken(each: Any) -> Any:
                return ops.take(ops.convert_to_tensor(each), rows, axis=0)

            asked, given = keras.tree.map_structure(taken, (targets["asked"], outputs))
            loss = own(asked, given)
            return ops.where(n_told > 0, loss, ops.zeros_like(loss))

        return of_labelled

    def score(self, outputs: Any, targets: Any) -> Any:
        """Return the goal's score of all images, labelled or not."""
        return self.asked.score(outputs, targets["asked"])

    def in_words(self, outputs: Any, units: Sequence[str]) -> list[tuple[str, str]]:
        """Return what outputs say of each image, as the goal says it."""
        if (say := getattr(self.asked, "in_words", None)) is not None:
            return list(say(outputs, units))
        return [(units[place], units[place]) for place in np.asarray(outputs).argmax(axis=1)]

    @property
    def drawn(self) -> Any:
        """What draws the goal's answers; None where nothing does."""
        return getattr(self.asked, "drawn", None)

    def score_kinds(self, units: Sequence[str]) -> tuple[Quantity, ...]:
        """Return what the goal's scores are."""
        return self.asked.score_kinds(units)

    def keras_lines(self) -> KerasLines:
        """Return the goal's expressions; the images and targets are those of the labelled share."""
        said = self.asked.keras_lines()
        return replace(said, targets=f"{said.targets}; images and targets of {100 * self.share:g} % alone")
