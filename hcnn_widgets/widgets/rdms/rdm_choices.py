"""Choices of RdmExplorer: areas, training step, distance, comparison, order and colour."""

from dataclasses import dataclass

from hcnn_widgets.mapping.similarity.rdms.brain_rdms import BrainRdms


@dataclass(frozen=True)
class RdmChoices:
    """A state of the controls, kept so that it can be restored.

    Attributes
    ----------
    area : str
        Model area.
    place : int or None
        Training step; None follows the newest.
    brain : tuple of int and (int or None)
        Index of the brain area, and index of the subject; None for the mean over subjects.
    distance, method, order, scale : str
        Names in the model's distances, `COMPARISONS`, `ORDERS`, `SCALES`.
    only : str
        Category that is shown alone; "" for all.
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
    """Return names and indices of the brain RDMs on offer: for each area the mean over subjects, then each subject.

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
