"""What people give to a panel: a run, or something that has one."""

from typing import Any

from hcnn_widgets.learning.watched_models import is_keras_model, note_watched, watched_as


def run_given(source: Any | None) -> Any | None:
    """Return the run of what was given for one.

    Parameters
    ----------
    source : Run, Watcher, keras.Model, GoalDrivenModel or None
        A Keras model that is watched, or a model that has been trained.

    Raises
    ------
    TypeError, ValueError
        If it has no run.
    """
    if source is None or hasattr(source, "at_boundary"):
        return source
    if is_keras_model(source):
        return _watched(source).run
    run = getattr(source, "run", None)
    if run is None:
        accepted = "a run, as model.train(stimuli) returns it, or hw.watch(keras_model).run for a fit of Keras"
        if hasattr(source, "train"):
            raise ValueError(f"`run` is a model without a training. Accepted is {accepted}; received {source.name!r}.")
        raise TypeError(f"`run` is no training. Accepted is {accepted}; received {type(source).__name__}.")
    return run


def source_given(source: Any | None) -> Any | None:
    """Return a run or a model of ours for what was given; a Keras model that is not watched is taken as it is now."""
    if hasattr(source, "set_model") and hasattr(source, "run"):
        return source.run  # type: ignore[union-attr]
    if not is_keras_model(source):
        return source
    watched = watched_as(source)
    if watched is not None and watched.run is not None:
        return watched.run
    from hcnn_widgets.model import GoalDrivenModel

    taken = GoalDrivenModel.from_keras(source)
    if watched is not None and watched.taps == taken.taps:
        return watched
    note_watched(source, taken)  # so that it lasts as long as the Keras model
    return taken


def _watched(model: Any) -> Any:
    watched = watched_as(model)
    if watched is None or watched.run is None:
        raise ValueError(
            f"`run` is a Keras model that nobody watches. Accepted is watcher = hw.watch({model.name}), then the panel "
            f"of watcher.run, then {model.name}.fit(..., callbacks=[watcher]); received {type(model).__name__} "
            f"{model.name!r}."
        )
    return watched
