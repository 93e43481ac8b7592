"""Code, in Keras, that trains a network as a run does."""

from hcnn_widgets.learning.training_run import TrainingRun, without_hold

USUAL_EPOCHS = 8.0


def training_code(run: TrainingRun | None) -> str:
    """Return the code, in Keras, that trains as a run does; without a run, with the usual settings.

    Parameters
    ----------
    run : TrainingRun or None
    """
    if run is None:
        from hcnn_widgets.goal.categorization import Categorization
        from hcnn_widgets.learning.backpropagation import Backpropagation

        usual = Backpropagation()
        return usual.keras_lines(Categorization(), usual.learning_rate, USUAL_EPOCHS, None)
    said: str = getattr(without_hold(run), "code", "")
    if said:
        return said
    model = run.model
    code: str = model.rule.keras_lines(model.goal, run.learning_rate, run.n_steps / run.steps_per_epoch, run.n_steps)
    return model.pixels.comment + code
