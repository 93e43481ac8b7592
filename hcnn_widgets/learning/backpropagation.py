"""Backpropagation: gradient descent on the goal's loss, through every layer."""

from dataclasses import dataclass
from typing import ClassVar

from hcnn_widgets.records.keywords import checks_keywords

from .gradient_rule import GradientRule


@checks_keywords
@dataclass(frozen=True)
class Backpropagation(GradientRule):
    """Learn by following the gradient of the goal's loss (Rumelhart, Hinton & Williams 1986, doi 10.1038/323533a0).

    Parameters
    ----------
    learning_rate : float
        Size of a step at the start; it may be changed while the run goes on.
    optimizer : {"adam", "adamw", "sgd", "momentum"}
    batch_size : int
        Images per step.
    schedule : {"cosine", "constant"}
        What becomes of the learning rate over the run: falling to zero along half a cosine, or staying.
    precision : {"float32", "mixed_bfloat16", "mixed_float16"}, optional
        What the layers of the network compute in, by the name of Keras's dtype policy, which it is when None. In mixed
        precision weights stay float32, as do the readout and every score, and float16 has its loss scaled as Keras
        does. Whether that is faster hangs on the machine: see ``hw.devices(timed=True)``.

    Raises
    ------
    ValueError
        If a value is not one of those.

    Examples
    --------
    >>> Backpropagation(learning_rate=1e-3).learning_rate
    0.001
    """

    name: ClassVar[str] = "backpropagation"
