import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.numerics.table import SIMULATED
from hcnn_widgets.mapping.prediction.notes import notes_by_area, notes_of_halves, recording_notes
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet

NOTES = st.lists(st.sampled_from(["one", "two", "three"]), max_size=5)


def test_sites_left_out_are_counted_and_inferred_labels_and_simulation_are_said() -> None:
    recordings = RecordingSet(np.ones((1, 3, 4)), ["a", "b", "c"], "IT", simulated=True)
    assert recording_notes(recordings, np.array([True, False, False, True]), "the splits go by") == [
        "2 of 4 sites are constant and were left out",
        "the labels that the splits go by are inferred",
        SIMULATED,
    ]


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    recordings = RecordingSet(np.ones((1, 3, 2)), ["a", "b", "c"], "IT", labels_inferred=True)
    assert recording_notes(recordings, np.array([True, True])) == []


@given(st.lists(NOTES, min_size=1, max_size=4))
def test_every_note_is_given_once_with_the_areas_it_is_true_of(notes) -> None:
    areas = [f"V{number}" for number in range(len(notes))]
    said = notes_by_area(areas, notes)
    read = {}
    for one in said:
        where, _, note = one.rpartition(": ")
        read[note] = where.split(", ") if where else areas
    assert len(read) == len(said)
    for area, several in zip(areas, notes, strict=True):
        assert {note for note, of in read.items() if area in of} == set(several)


@given(NOTES, NOTES)
def test_every_note_of_a_half_is_given_with_its_half_unless_true_of_both(choosing, reporting) -> None:
    said = notes_of_halves(["V4"], [choosing], [reporting])
    assert len(said) == len(set(choosing) | set(reporting))
    assert {one.removeprefix("V4: ") for one in said if one.startswith("V4: ")} == set(choosing) & set(reporting)
    for half, mine, other in (("choosing", choosing, reporting), ("other", reporting, choosing)):
        start = f"V4, {half} half: "
        assert {one.removeprefix(start) for one in said if one.startswith(start)} == set(mine) - set(other)
