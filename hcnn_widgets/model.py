"""The front door: a model is an architecture, a goal and a learning rule (Yamins & DiCarlo 2016, Figure 3)."""

import weakref
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.activations.answering import answers_of, outputs_of
from hcnn_widgets.activations.answers import Answers
from hcnn_widgets.activations.area_forward import area_forward
from hcnn_widgets.activations.default_areas import default_areas
from hcnn_widgets.activations.expected_pixels import expected_pixels
from hcnn_widgets.activations.filter_kernels import kernels, kernels_among
from hcnn_widgets.activations.kernel_reader import kernel_reader
from hcnn_widgets.activations.network_given import built_network, check_network, model_words
from hcnn_widgets.activations.recorder import Recorder
from hcnn_widgets.activations.taps import taps_of
from hcnn_widgets.architecture.initial_weights import drawn_anew, looks_trained
from hcnn_widgets.architecture.pixels import IN_UNIT_RANGE
from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.goal.categorization import Categorization
from hcnn_widgets.goal.goal import Goal
from hcnn_widgets.goal.output_names import names_kept, output_names
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.learning.network import build_network
from hcnn_widgets.learning.rule import Rule
from hcnn_widgets.learning.run import LatestRun, Run
from hcnn_widgets.learning.training import evaluate, start_training
from hcnn_widgets.records.checks import checked_categories
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.saving import model_file, run_folder
from hcnn_widgets.stimuli.check_stimuli import Stimuli

_instances: "weakref.WeakSet[GoalDrivenModel]" = weakref.WeakSet()


@checks_keywords
class GoalDrivenModel:
    """A network that is optimised for a behavioural goal, with one named tap for every cortical area.

    Parameters
    ----------
    architecture : ArchitectureSpec
        Which network, for instance ``hw.architecture.hcnn()``.
    goal : Goal
        What it is trained to do; by default ``Categorization()``.
    rule : Rule
        How its weights change; by default ``Backpropagation()``.
    name : str, optional
        By default the architecture's.
    seed : int
        The same seed gives the same initial weights.

    Attributes
    ----------
    network : keras.Model or None
        Images to the goal's outputs; None until ``build`` or ``train``.
    categories : tuple of str
        What the outputs stand for (`Goal.units`), in their order.
    taps : dict of str
        Area -> name of the layer whose output stands for it; its path, "backbone/conv1", or application, "shared#2".
    pixels : Pixels
        What the network is shown of images, which are in [0, 1] everywhere else: ``pixels.applied(images)``.
    run : Run or None
        The latest training run.

    Examples
    --------
    >>> import hcnn_widgets as hw
    >>> spec = hw.architecture.hcnn(input_shape=(16, 16, 1))
    >>> model = hw.GoalDrivenModel(spec, hw.goal.Categorization(), hw.learning.Backpropagation())
    >>> model.build(["cat", "dog"]).output_shape
    (None, 2)
    """

    run = LatestRun()

    def __init__(
        self,
        architecture: ArchitectureSpec,
        goal: Goal | None = None,
        rule: Rule | None = None,
        name: str | None = None,
        seed: int = 0,
    ) -> None:
        if not isinstance(architecture, ArchitectureSpec):
            raise TypeError(
                "`architecture` must be a spec, as hw.architecture.hcnn() gives it (a Keras model comes in by "
                f"GoalDrivenModel.from_keras); received {type(architecture).__name__}."
            )
        self._settle(architecture, goal or Categorization(), rule or Backpropagation(), name or architecture.name, seed)
        self.taps = {area: area for area in architecture.area_names}

    def _settle(self, spec: ArchitectureSpec | None, goal: Any, rule: Any, name: str, seed: int) -> None:
        self.spec, self.goal, self.rule, self.name, self.seed = spec, goal, rule, name, seed
        self.network: Any = None
        self.categories: tuple[str, ...] = ()
        self.pixels, self._is_control = IN_UNIT_RANGE, False
        self._initial: list[NDArray[Any]] | None = None
        _instances.add(self)

    @classmethod
    def from_keras(
        cls,
        network: Any,
        areas: Mapping[str, str] | None = None,
        goal: Goal | None = None,
        rule: Rule | None = None,
        categories: Sequence[str] = (),
        name: str | None = None,
        pretrained: bool | None = None,
        pixels: tuple[float, float] | str | None = None,
    ) -> "GoalDrivenModel":
        """Let in a Keras model that there is already; its weights are used, not copied.

        Parameters
        ----------
        network : keras.Model
            Functional or Sequential and built; one input (n_stimuli, height, width, n_channels).
        areas : mapping of str to str, optional
            Area -> layer, as in `taps_of`: ``{"V1": "conv1", "IT": "dense"}``; by default those of `default_areas`.
        goal, rule : optional
            Only for training. The network's outputs must then be those that the goal scores.
        categories : sequence of str
            What they stand for, in their order; by default as the first training's stimuli say, unless `pretrained`.
        name : str, optional
            By default the network's.
        pretrained : bool, optional
            Whether the weights have been trained already, so that they are no control: `untrained` then draws new ones.
            By default they have where a bias, scale or moving statistic is not as its layer begins it.
        pixels : pair of float or {"tf", "caffe", "torch"}, optional
            What black and white are to the network, such as (0, 255); or the mode of its ``preprocess_input``: order of
            channels, mean and scale. By default as its input and first layers tell (``uint8``, a Rescaling, an adapted
            Normalization); where they tell nothing, [0, 1], which is said beside the model and its scores.

        Raises
        ------
        TypeError, ValueError
            If it is no Keras model, one of the layers is not in it, or it cannot take such pixels.
        """
        check_network(network)
        model = cls.__new__(cls)
        model._settle(None, goal, rule or Backpropagation(), name or network.name, 0)
        named = default_areas(network) if areas is None else areas
        model.taps, model.pixels = taps_of(network, named), expected_pixels(network, pixels)
        model.network, model.categories = network, checked_categories(categories)
        if not (looks_trained(network) if pretrained is None else pretrained):
            model._keep_initial()
        return model

    @classmethod
    def instances(cls) -> list["GoalDrivenModel"]:
        """List the models that are alive in this process; none is kept alive by being listed."""
        return list(_instances)

    @property
    def areas(self) -> tuple[str, ...]:
        """The model's areas, from the input up."""
        return tuple(self.taps)

    def build(self, categories: Sequence[str]) -> Any:
        """Make the network for these categories (`Goal.units`), and return it; one that is there already stays.

        Raises
        ------
        ValueError
            If there is a network for other categories.
        """
        wanted = checked_categories(categories)
        if self.network is not None:
            may_be_named = self.spec is None and self._initial is not None
            self.categories = output_names(self.categories, wanted, may_be_named)
            return self.network
        assert self.spec is not None
        self.network = build_network(self.spec, self.goal, self.rule, wanted, self.seed)
        self.categories = wanted
        self._keep_initial()
        return self.network

    def _keep_initial(self) -> None:
        self._initial = [np.array(weights) for weights in self.network.get_weights()]

    # --- train --------------------------------------------------------------------------------------------------
    def train(
        self, stimuli: Stimuli, validation: Stimuli | float | None = 0.1, epochs: float = 12, seed: int = 0
    ) -> Run:
        """Begin to train, in a thread of its own, and return the run at once.

        Parameters
        ----------
        stimuli : StimulusSet or SequenceSet
            With what goal and rule need, such as labels; of the network's input shape. Images may still be arriving.
        validation : StimulusSet or SequenceSet or float or None
            Held-out stimuli, measured once an epoch; or the share of ``stimuli`` to hold out.
        epochs : float
            Passes through the stimuli.
        seed : int
            The same seed gives the same order of images.

        Raises
        ------
        RuntimeError, ValueError
            If a run of this model is still going on; if the stimuli do not fit.
        """
        with names_kept(self):
            return start_training(self, stimuli, validation, epochs, seed)

    def evaluate(self, stimuli: Stimuli) -> dict[str, float]:
        """Measure on stimuli the goal's "loss", and its scores by their names."""
        return self._when_quiet(partial(evaluate, self, stimuli))

    def outputs(self, stimuli: Stimuli) -> Any:
        """Return what the network gives for stimuli, (n_stimuli, ...) float32, or a dict or list of such arrays."""
        return self._when_quiet(partial(outputs_of, self, stimuli))

    def answers(self, stimuli: Stimuli) -> Answers:
        """Return the category that each stimulus is taken for, with its probability, and what is taken for what."""
        return self._when_quiet(partial(answers_of, self, stimuli))

    # --- look into ----------------------------------------------------------------------------------------------
    def recorder(self, stimuli: Stimuli, units: int | None = None, seed: int = 0) -> Callable[[], ActivationSet]:
        """Compile once what records every area's response to stimuli, called without arguments as often as wanted.

        During a run, call the result only through ``run.at_boundary``.

        Parameters
        ----------
        stimuli : StimulusSet or SequenceSet
            Brought to the network's input shape.
        units : int, optional
            Record this many units per area, drawn by ``seed``; by default all.
        """
        untrained = self._is_control and self.run is None
        return Recorder(self._built(), self.taps, stimuli, units, seed, pixels=self.pixels, untrained=untrained)

    def record(self, stimuli: Stimuli, units: int | None = None, seed: int = 0) -> ActivationSet:
        """Record every area's response to stimuli; while a run goes on, at its next step boundary."""
        return self._when_quiet(self.recorder(stimuli, units, seed))

    def kernels(self, area: str) -> NDArray[np.float32]:
        """Copy the kernels of an area's first filter layer, (n_kernels, height, width, n_channels) float32."""
        return self._when_quiet(partial(kernels, self._built(), self.taps, area))

    def kernels_before(self, area: str) -> NDArray[np.float32] | None:
        """Copy those kernels as they were before any training; None where nobody knows (pretrained, from a file)."""
        return None if self._initial is None else kernels_among(self._initial, self._built(), self.taps, area)

    def untrained(self) -> "GoalDrivenModel":
        """Return the model as it was before any training: the control that every claim must beat.

        Initial weights that are not known (pretrained, from a file, of a Sequential changed since) are drawn anew by
        the layers' initialisers and the model's seed. Batch normalisation has the statistics of the recorded images.

        Raises
        ------
        NoControl
            A ValueError, if Keras cannot make one of the layers anew, such as a Lambda.
        """
        setting = self.taps, self.goal, self.rule, self.categories, f"{self.name} untrained", False
        twin = GoalDrivenModel.from_keras(drawn_anew(self._built(), self.seed, self._initial), *setting)
        twin.spec, twin.pixels, twin._is_control = self.spec, self.pixels, True
        _instances.discard(twin)  # a control of this model, not one more of the user's
        return twin

    def _area_forward(self) -> Callable[[], Any]:
        return partial(area_forward, self.network, self.taps)  # without the model, which the thread must not hold

    def _kernel_reader(self) -> Callable[[], dict[str, NDArray[np.float32]]]:
        return kernel_reader(self.network, self.taps)

    def _built(self) -> Any:
        return built_network(self)

    def _when_quiet(self, job: Callable[[], Any]) -> Any:
        return self.run.at_boundary(job).result() if self.run is not None else job()

    # --- keep ---------------------------------------------------------------------------------------------------
    def save(self, path: "str | PathLike[str]") -> None:
        """Save the model as ``<path>.keras``, whole or not at all; what `save` did not write is not overwritten."""
        self._built()
        self._when_quiet(lambda: model_file.save(self, path))

    @classmethod
    def load(cls, path: "str | PathLike[str]") -> "GoalDrivenModel":
        """Load what ``save`` wrote; its bytes are looked at before Keras sees them, and nothing in them is run."""
        return model_file.load(cls, path)

    _save_run = staticmethod(run_folder.save_run)

    def __repr__(self) -> str:
        """Describe in a line what the model is."""
        return f"<GoalDrivenModel {self.name}: {model_words(self)}>"
