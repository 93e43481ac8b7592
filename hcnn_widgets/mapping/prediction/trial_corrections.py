"""Check corrections that need maps fitted on parts of the trials."""

from hcnn_widgets.mapping.noise.corrections import CORRECTIONS
from hcnn_widgets.mapping.prediction.choices import Choices
from hcnn_widgets.mapping.prediction.task import PredictionTask


def check_trials(corrections: tuple[str, ...], task: PredictionTask, choices: Choices) -> None:
    """Refuse corrections that need more, or fewer, trials than the recordings have.

    Raises
    ------
    ValueError
        If a name is unknown, the direction is reverse, or the trials do not fit.
    """
    of_trials = [name for name, correction in CORRECTIONS.items() if correction.needs_trials]
    for name in corrections:
        if name not in of_trials:
            raise ValueError(
                f"`corrections` names {name!r}. Accepted are {', '.join(map(repr, of_trials))}, which need "
                "maps of their own; Score.corrected knows the others without."
            )
    if corrections and choices.reverse:
        raise ValueError(
            "`corrections` are for noise in what is predicted. Accepted is direction='forward'; received 'reverse', "
            "where the model's units, which have no noise, are predicted."
        )
    for name in corrections:
        if (check := CORRECTIONS[name].check_trials) is not None:
            check(task.recordings)
