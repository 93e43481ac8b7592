"""What a person has chosen to see in RdmExplorer."""

from dataclasses import dataclass

from hcnn_widgets.mapping.similarity.rdms.brain_rdms import BrainRdms


@dataclass(frozen=True)
class RdmChoices:
    """One state of the controls, so that each can be taken back.

    Attributes
    ----------
    area : str
        Of the model.
    place : int or None
        Training step; None follows the newest.
    brain : tuple of int and (int or None)
        Which brain area, and which subject; None for the mean over subjects.
    distance, method, order, scale : str
        Names in the model's distances, `COMPARISONS`, `ORDERS`, `SCALES`.
    only : str
        The category that is shown alone; "" for all.
    """

    area: str = ""
    place: int | None = None
    brain: tuple[int, int | None] = (0, None)
    distance: str = "correlation"
    method: str = "tau_a"
    order: str = "by category"
    scale: str = "percentiles"
    only: str = ""


def brain_choices(brains: tuple[BrainRdms, ...]) -> list[tuple[str, tuple[int, int | None]]]:
    """Return every brain RDM to choose from: of each area the mean over subjects, then each subject.

    Examples
    --------
    >>> from hcnn_widgets.mapping import Rdm
    >>> subjects = (Rdm([1, 2, 3], name="BE"), Rdm([1, 3, 2], name="KO"))
    >>> [name for name, _ in brain_choices((BrainRdms("IT", subjects), BrainRdms("V1", subjects[:1])))]
    ['IT, mean of 2 subjects', 'IT, BE', 'IT, KO', 'V1']
    """
    choices: list[tuple[str, tuple[int, int | None]]] = []
    for row, brain in enumerate(brains):
        count = len(brain.subjects)
        area = f"{brain.area} (simulated)" if brain.simulated else brain.area
        choices.append((area if count == 1 else f"{area}, mean of {count} subjects", (row, None)))
        if count > 1:
            choices += [(f"{area}, {name}", (row, column)) for column, name in enumerate(brain.subject_names)]
    return choices
