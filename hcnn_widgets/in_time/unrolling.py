"""A network in time run for more time steps, or fewer, than it was trained for: the same weights."""

from dataclasses import replace

from hcnn_widgets.architecture.spec import ArchitectureSpec
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.keywords import checks_keywords


@checks_keywords
def unrolled(model: GoalDrivenModel, time_steps: int) -> GoalDrivenModel:
    """Return a model with the same weights as they are now, unrolled for another number of time steps.

    Whether a network that was trained on short delays still remembers over longer ones is asked of it.

    Parameters
    ----------
    model : GoalDrivenModel
        Made of an architecture in time, and built or trained.
    time_steps : int
        From 2 on. Of a network that takes sequences, their number of frames.

    Returns
    -------
    GoalDrivenModel
        With weights of its own, copied once.

    Raises
    ------
    ValueError
        If the model has no architecture in time, or no network yet.

    Examples
    --------
    >>> import hcnn_widgets as hw
    >>> spec = hw.architecture.recurrent_hcnn(areas=("V1", "IT"), input_shape=(4, 16, 16, 1))
    >>> model = hw.GoalDrivenModel(spec, hw.goal.DelayedMatch())
    >>> unrolled(model, 8).network is None
    Traceback (most recent call last):
    ValueError: `model` has no network yet; a built or trained model is accepted; received 'recurrent-hcnn'.
    """
    spec = model.spec
    if spec is None or spec.time_steps == 1:
        raise ValueError(
            "`model` does not run in time. Accepted is a model made of an architecture of several time steps, such as "
            f"hw.architecture.recurrent_hcnn(); received {model.name!r}."
        )
    if model.network is None:
        raise ValueError(f"`model` has no network yet; a built or trained model is accepted; received {model.name!r}.")
    longer = GoalDrivenModel(_in_time(spec, time_steps), model.goal, model.rule, model.name, model.seed)
    network, weights = (
        longer.build(model.categories),
        {layer.name: layer.get_weights() for layer in model.network.layers},
    )
    for layer in network.layers:
        layer.set_weights(weights.get(layer.name, []))
    return longer


def _in_time(spec: ArchitectureSpec, time_steps: int) -> ArchitectureSpec:
    shapes = {name: (time_steps, *shape[1:]) if len(shape) == 4 else shape for name, shape in spec.input_shapes.items()}
    if spec.inputs:
        return replace(spec, time_steps=time_steps, inputs=shapes, input_shape=next(iter(shapes.values())))
    return replace(spec, time_steps=time_steps, input_shape=shapes["image"])
