"""Follow a training that Keras does: a callback for ``model.fit`` that makes a run of it."""

from collections.abc import Mapping
from typing import Any

from hcnn_widgets.activations.default_areas import NoMaps
from hcnn_widgets.activations.network_graph import has_graph
from hcnn_widgets.architecture.pixels import IN_UNIT_RANGE
from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.fits.fit_training import FitTraining
from hcnn_widgets.learning.run import LatestRun, Run
from hcnn_widgets.learning.watched_models import note_watched
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.checks import is_number
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def watch(
    model: Any,
    areas: Mapping[str, str] | None = None,
    network: Any | None = None,
    pixels: tuple[float, float] | str | None = None,
    pretrained: bool | None = None,
    share: float = 0.1,
) -> "Watcher":
    """Return a callback for ``model.fit`` with a run that panels and the sidebar follow.

    It works with whatever ``fit`` trains: `compile`, a ``train_step`` of your own, several outputs, any optimizer.
    While ``fit`` runs in a cell it holds the kernel. Panels move all the same; their buttons act at the next batch
    where the page can be heard meanwhile (JupyterLab 4.4 with ipykernel 7), and are off where it cannot, which the
    panel says. Fitted again, the run goes on, with the panels that show it.

    Parameters
    ----------
    model : keras.Model
        What ``fit`` trains.
    areas : mapping of str to str, optional
        Area -> name of a layer, as in `GoalDrivenModel.from_keras`, for kernels and scores; by default as there.
    network : keras.Model, optional
        The part of the model to look into, such as ``model.encoder``; by default the model. What is no graph of layers,
        or has no layers with maps, has curves only.
    pixels, pretrained : optional
        As in `GoalDrivenModel.from_keras`.
    share : float
        Largest share of the training time that reading and recording may take on the thread that trains, above 0 and
        at most 1; what is asked for beyond it waits.

    Returns
    -------
    Watcher
        Its ``run`` goes to panels, and itself into ``fit(..., callbacks=[watcher])``.

    Raises
    ------
    TypeError, ValueError
        If it is no Keras model, has no weights yet, or an area is not in it.

    Examples
    --------
    >>> import numpy as np
    >>> layers = keras.layers
    >>> model = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(2)])
    >>> model.compile("sgd", "mse")
    >>> watcher = watch(model)
    >>> _ = model.fit(np.zeros((8, 8, 8, 1)), np.zeros((8, 2)), batch_size=4, verbose=0, callbacks=[watcher])
    >>> watcher.run.state, watcher.run.steps_done, watcher.run.history.names
    ('finished', 2, ('loss',))
    """
    _check_model("model", model)
    looked_into = model if network is None else network
    _check_model("network", looked_into)
    _check_share(share)
    watched = _watched(looked_into, areas, pixels, pretrained)
    watched.name = model.name
    training = FitTraining(watched, share)
    training.read_rate(model)
    watched.run = training
    note_watched(model, watched)
    return Watcher(model, watched.run)


class Watcher(keras.callbacks.Callback):
    """Callback that tells a run what ``fit`` does; made by `watch`.

    Attributes
    ----------
    run : Run
        What panels take. It is waiting until ``fit`` begins.
    """

    async_safe = True
    """Logs may come on another thread, so that Keras need not wait for each batch's; see `on_train_batch_end`."""

    def __init__(self, model: Any, run: Run) -> None:
        super().__init__()
        self.run = run
        self._watched = model
        self._fit: FitTraining = run.training  # type: ignore[assignment]
        self._fits = False
        self._begun = 0
        self.set_model(model)

    def on_train_begin(self, logs: Any = None) -> None:
        """Begin; refuse another model than the one that is watched."""
        if self._model is not self._watched:
            name = self._model.name
            raise ValueError(
                f"`callbacks` of {name}.fit have a watcher of another model. Accepted is hw.watch({name}), or "
                f"hw.watch({name}, network=...) to look into a part of it; received one of {self._watched.name}."
            )
        self._fits = True
        self._fit.begin(self._watched, int(self.params.get("epochs") or 1), self.params.get("steps"))

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Begin an epoch."""
        self._fit.begin_epoch(epoch)

    # All work is done before a batch: Keras calls this on the thread that trains, whatever else is called elsewhere.
    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Do what is due between two batches; have Keras stop where that is asked for."""
        self._begun = batch + 1
        if not self._fit.boundary(batch):
            self._watched.stop_training = True

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Take in the logs."""
        self._fit.told(batch + 1, logs)

    def on_test_begin(self, logs: Any = None) -> None:
        """Read the metrics of the epoch, before Keras uses them for the held-out data."""
        if self._fit_goes_on():
            self._fit.end_training_part(self._begun)

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Do what is due between two batches of held-out data."""
        if self._fit_goes_on() and not self._fit.boundary_beside():
            self._watched.stop_training = self._watched.stop_evaluating = True

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Take in what is measured once an epoch."""
        self._fit.end_epoch(epoch, logs)

    def on_train_end(self, logs: Any = None) -> None:
        """End."""
        self._fits = False
        self._fit.end(bool(self._watched.stop_training))

    def _fit_goes_on(self) -> bool:
        return self._fits and self.run.alive

    def __repr__(self) -> str:
        """Describe in a line what is watched."""
        return f"<Watcher of {self._watched.name}: {self.run.state}, step {self.run.steps_done:,}>"


class Unseen:
    """Stands for a network without areas: a run of it has curves, and says why there is no more.

    Parameters
    ----------
    network : keras.Model
    why : str
        The sentence that everything else is refused with.
    """

    run = LatestRun()
    areas: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    goal = None

    def __init__(self, network: Any, why: str) -> None:
        self.network, self.name, self.why_no_areas = network, network.name, why
        self.taps: dict[str, str] = {}
        self.pixels = IN_UNIT_RANGE

    def recorder(self, *_given: Any, **_more: Any) -> Any:
        """Refuse: there is nothing to record."""
        raise ValueError(self.why_no_areas)

    record = kernels = untrained = recorder


def _watched(network: Any, areas: Any, pixels: Any, pretrained: bool | None) -> Any:
    """Return what panels are to take for the model; without areas where the network has none by itself."""
    if areas is None and not has_graph(network):
        return Unseen(network, _no_graph(network))
    try:
        return GoalDrivenModel.from_keras(network, areas, pixels=pixels, pretrained=pretrained)
    except NoMaps as error:
        return Unseen(network, str(error))


def _no_graph(network: Any) -> str:
    parts = [layer.name for layer in network.layers if isinstance(layer, keras.Model) and has_graph(layer)]
    inside = f"; inside of it there is {', '.join(parts)}" if parts else ""
    return (
        f"`{network.name}` has curves only: it is no graph of layers. Accepted for kernels and scores is a part that "
        f"is one, hw.watch({network.name}, network=...); received {type(network).__name__}{inside}."
    )


def _check_model(name: str, model: Any) -> None:
    if not isinstance(model, keras.Model):
        raise TypeError(f"`{name}` must be a Keras model, which has `fit`; received {type(model).__name__}.")
    if isinstance(model, keras.Sequential) and not model.built:
        raise ValueError(
            f"`{name}` has no weights yet. Accepted is a model that is built, as by "
            f"{model.name}.build((None, height, width, n_channels)) or with a keras.Input first; received "
            f"{type(model).__name__} {model.name!r}."
        )


def _check_share(share: Any) -> None:
    if not is_number(share) or not 0 < share <= 1:
        raise ValueError(f"`share` must be a number above 0 and at most 1; received {share!r}.")
