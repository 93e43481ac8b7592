"""The lines of Keras that train as a run does, for a person who wants to do it alone."""

from hcnn_widgets.learning.training_run import TrainingRun

USUAL_EPOCHS = 8.0


def training_code(run: TrainingRun | None) -> str:
    """Return the lines of Keras that train as this run does; of no run, with the usual settings.

    Parameters
    ----------
    run : TrainingRun or None
    """
    if run is None:
        from hcnn_widgets.goal.categorization import Categorization
        from hcnn_widgets.learning.backpropagation import Backpropagation

        usual = Backpropagation()
        return usual.keras_lines(Categorization(), usual.learning_rate, USUAL_EPOCHS, None)
    model = run.model
    return model.rule.keras_lines(model.goal, run.learning_rate, run.n_steps / run.steps_per_epoch, run.n_steps)
