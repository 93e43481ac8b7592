import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from stand_in_rdms import AREAS, BRAIN, IDS, LABELS, StandInRdms, random_rdm, stimuli

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.given_rdms import GivenRdms
from hcnn_widgets.mapping.live.rdms import LiveRdms
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.widgets.rdms import rdm_track as module
from hcnn_widgets.widgets.rdms.rdm_track import RdmTrack, rdm_track

PATTERNS = np.random.default_rng(7).random((5, 6)).astype(np.float32)


@pytest.fixture
def rdms():
    return StandInRdms()


def track(rdms, n_steps=1000):
    return RdmTrack(rdms, n_steps, AREAS, stimuli())


def test_before_the_first_measurement_there_is_nothing_to_show(rdms):
    assert track(rdms).at(None) is None
    assert track(rdms).at(300) is None


def test_now_is_the_newest_and_a_place_in_training_the_nearest_measurement(rdms):
    for step in (100, 200, 400):
        rdms.measure(step)
    shown = track(rdms)
    assert [shown.at(place).words for place in (None, 0, 90, 160, 290, 310, 999)] == [
        "step 400",
        "step 100",
        "step 100",
        "step 200",
        "step 200",
        "step 400",
        "step 400",
    ]


def test_the_beginning_is_the_untrained_network(rdms):
    before = rdms.measure(0, untrained=True)
    assert track(rdms).at(0).moment is before
    rdms.measure(100)
    shown = track(rdms)
    assert [shown.at(place).words for place in (0, 49, 51, None)] == ["untrained", "untrained", "step 100", "step 100"]


def test_what_does_not_train_is_as_it_is_or_untrained(rdms):
    rdms.measure(0)
    still = track(rdms, None)
    assert not still.training
    assert (still.at(None).words, still.stops, still.trains, still.has_past) == ("", 1, False, False)
    before = rdms.measure(0, untrained=True)
    assert [still.at(place).words for place in (None, 1, 0)] == ["trained", "trained", "untrained"]
    assert still.at(0).moment is before
    assert still.has_past
    assert [still.stop(still.at(place)) for place in (None, 0)] == [1, 0]


@pytest.mark.parametrize("n_steps", [1, 10, 64, 1000])
def test_the_slider_goes_from_the_untrained_network_to_the_last_step_in_few_stops(rdms, n_steps):
    shown = track(rdms, n_steps)
    assert shown.stops == min(64, n_steps)
    assert (shown.place(0), shown.place(shown.stops), shown.place(999), shown.place(-1)) == (0, n_steps, n_steps, 0)
    for stop in range(shown.stops + 1):
        rdms.history = []
        rdms.measure(shown.place(stop))
        assert shown.stop(shown.at(None)) == stop
    rdms.measure(n_steps + 50)
    assert shown.stop(shown.at(None)) == shown.stops


def test_keys_lead_to_the_next_measurement_however_far_it_is(rdms):
    rdms.measure(0, untrained=True)
    for step in (3, 500, 510, 1000):
        rdms.measure(step)
    shown = track(rdms)
    assert [shown.walked(place, "previous") for place in (None, 1000, 505, 500, 3, 0)] == [510, 510, 3, 3, 0, 0]
    assert [shown.walked(place, "next") for place in (0, 3, 500, 510, 1000, None)] == [3, 500, 510, 1000, 1000, None]
    assert [shown.walked(500, way) for way in ("first", "last", "sideways")] == [0, None, 500]


def test_keys_lead_between_untrained_and_trained_where_nothing_trains_and_nowhere_before_the_first(rdms):
    still = track(rdms, None)
    assert [still.walked(None, way) for way in ("previous", "next", "first", "last")] == [None] * 4
    rdms.measure(0)
    assert [still.walked(None, way) for way in ("previous", "next")] == [None, None]
    rdms.measure(0, untrained=True)
    assert (still.walked(None, "previous"), still.walked(None, "first"), still.walked(0, "next")) == (0, 0, 1)


def test_labels_and_categories_come_with_the_images_by_id(rdms):
    shuffled = RdmTrack(rdms, 10, AREAS, stimuli().select([4, 0, 3, 1, 2]))
    assert shuffled.labels == LABELS
    assert shuffled.categories == ["face", "car"]
    nameless = RdmTrack(rdms, 10, AREAS, None)
    assert (nameless.labels, nameless.categories) == ([""] * 5, [])


def test_without_labels_of_images_categories_are_those_of_recordings_by_id():
    order = [4, 0, 3, 1, 2]
    plain = RecordingSet(np.random.default_rng(0).random((2, 5, 4)), IDS, "IT")
    named = RecordingSet(
        np.random.default_rng(1).random((2, 5, 4)),
        [IDS[row] for row in order],
        "V4",
        labels=[LABELS[row] for row in order],
        labels_inferred=True,
    )
    nameless = replace(stimuli(), labels=None)
    for images in (None, nameless):
        found = rdm_track(ActivationSet({"conv1": PATTERNS}, IDS), [plain, named], images)
        assert (found.labels, found.categories, found.inferred) == (LABELS, ["face", "car"], True)
    own = replace(stimuli(), labels=np.array(["a", "b", "c", "d", "e"]))
    found = rdm_track(ActivationSet({"conv1": PATTERNS}, IDS), [plain, named], own)
    assert (found.labels, found.inferred) == (["a", "b", "c", "d", "e"], False)
    assert rdm_track(ActivationSet({"conv1": PATTERNS}, IDS), plain).labels == [""] * 5


# --- sources -----------------------------------------------------------------------------------------------------
class Run(SimpleNamespace):
    """May be held weakly."""


def test_a_run_is_followed_live(monkeypatch):
    asked = []
    monkeypatch.setattr(module, "live_rdms", lambda *arguments: asked.append(arguments) or StandInRdms())
    model = SimpleNamespace(areas=["V1", "IT"])
    run = Run(at_boundary=None, model=model, n_steps=500, alive=True)
    images = stimuli()
    found = rdm_track(run, BRAIN, images)
    assert (found.n_steps, found.areas, found.stimuli) == (500, ("V1", "IT"), images)
    assert found.training
    run.alive = False
    assert not found.training
    model.run, model.recorder = run, None
    assert rdm_track(model, BRAIN, images).n_steps == 500
    assert asked == [(run, BRAIN, images, None)] * 2


def test_a_model_that_does_not_train_is_shown_the_images():
    images = stimuli()
    shown = []

    def recorder(given, units, seed):
        shown.append(given.stimulus_ids.tolist())
        return lambda: ActivationSet({"V1": PATTERNS}, IDS)

    model = SimpleNamespace(areas=("V1",), run=None, recorder=recorder)
    model.untrained = lambda: model
    found = rdm_track(model, BRAIN, images)
    assert isinstance(found.rdms, LiveRdms)
    assert found.rdms.join(20)
    np.testing.assert_array_equal(found.at(None).moment.vectors["correlation"][0], rdm(PATTERNS).vector)
    assert shown == [IDS, IDS]
    with pytest.raises(ValueError, match=r"`stimuli` are missing: a network must be shown what the brain saw"):
        rdm_track(model, BRAIN)


def test_activations_from_anywhere_become_rdms():
    activations = ActivationSet({"conv1": PATTERNS}, IDS)
    found = rdm_track(activations, BRAIN, untrained=ActivationSet({"conv1": PATTERNS[::-1]}, IDS))
    assert found.rdms.join(20)
    assert found.areas == ("conv1",)
    np.testing.assert_array_equal(found.at(None).moment.vectors["correlation"][0], rdm(PATTERNS).vector)
    np.testing.assert_allclose(found.at(0).moment.vectors["correlation"][0], rdm(PATTERNS[::-1]).vector, rtol=1e-6)
    plain = rdm_track({"conv1": PATTERNS}, BRAIN, stimulus_ids=IDS)
    assert plain.rdms.join(20)
    np.testing.assert_allclose(plain.at(None).moment.vectors["euclidean"][0], rdm(PATTERNS, "euclidean").vector)


def test_rdms_are_shown_as_they_are():
    one = random_rdm(8, name="conv5", distance="cosine")
    for source, areas in (
        (one, ("conv5",)),
        ({"a": one, "b": random_rdm(9, distance="cosine")}, ("a", "b")),
        ({"a": one.matrix}, ("a",)),
        ({"a": one.matrix, "b": one}, ("a", "b")),
    ):
        found = rdm_track(source, BRAIN, stimulus_ids=IDS)
        assert isinstance(found.rdms, GivenRdms)
        assert (found.areas, found.trains) == (areas, False)
        np.testing.assert_array_equal(found.at(None).moment.vectors[found.rdms.distances[0]][0], one.vector)
    assert rdm_track(random_rdm(8), BRAIN).areas == ("RDM",)


@pytest.mark.parametrize("source", [ActivationSet({"V1": PATTERNS}, IDS), random_rdm(0), {"V1": random_rdm(0)}])
def test_a_brain_of_arrays_has_the_stimuli_of_the_model(source):
    found = rdm_track(source, {"IT": random_rdm(1).matrix})
    assert found.comparison.stimulus_ids.tolist() == IDS


def test_images_name_the_stimuli_of_arrays_and_come_from_the_brains_side_otherwise():
    images = stimuli()
    found = rdm_track({"V1": PATTERNS}, random_rdm(1).matrix, images)
    assert found.comparison.stimulus_ids.tolist() == IDS
    assert rdm_track({"V1": PATTERNS}, random_rdm(1).matrix).comparison.stimulus_ids[0] == "row0000"


ORDER = [3, 1, 4, 0, 2]
SQUARE = random_rdm(8).matrix


@pytest.mark.parametrize("named_by", ["stimulus_ids", "stimuli"])
@pytest.mark.parametrize("rows", [PATTERNS, SQUARE])
def test_rows_of_arrays_are_joined_to_the_brains_by_the_ids_that_name_them(rows, named_by):
    shuffled = rows[ORDER][:, ORDER] if rows is SQUARE else rows[ORDER]
    ids = [IDS[row] for row in ORDER]
    naming = {"stimulus_ids": ids, "stimuli": stimuli().select(ORDER)}[named_by]
    found = rdm_track({"conv1": shuffled}, BRAIN, **{named_by: naming})
    assert rows is SQUARE or found.rdms.join(20)
    expected = random_rdm(8).vector if rows is SQUARE else rdm(PATTERNS).vector
    np.testing.assert_allclose(found.at(None).moment.vectors[found.rdms.distances[0]][0], expected, rtol=1e-6)


@pytest.mark.parametrize("source", [{"conv1": PATTERNS}, {"conv1": SQUARE}, {"conv1": SQUARE, "conv2": random_rdm(8)}])
@pytest.mark.parametrize(
    "brain", [BRAIN, RecordingSet(np.random.default_rng(0).random((3, 5, 4)), IDS, "IT", stimuli=stimuli())]
)
def test_arrays_are_never_paired_by_row_with_a_brain_that_has_ids(source, brain):
    with pytest.raises(ValueError, match=r"`stimulus_ids` are needed beside a mapping of arrays.*never by row"):
        rdm_track(source, brain)


def test_where_neither_side_has_ids_row_goes_with_row_and_ids_of_the_models_side_name_both():
    brain = random_rdm(1).matrix
    for given in ({}, {"stimulus_ids": IDS}):
        found = rdm_track({"a": SQUARE}, brain, **given)
        assert found.comparison.stimulus_ids.tolist() == given.get("stimulus_ids", [f"row000{row}" for row in range(5)])
        np.testing.assert_array_equal(found.comparison.brains()[0].mean.vector, random_rdm(1).vector)
        np.testing.assert_array_equal(found.at(None).moment.vectors["as given"][0], random_rdm(8).vector)


def test_references_are_held_beside():
    assert list(rdm_track(random_rdm(0), BRAIN, references={"pixels": random_rdm(4)}).comparison.references) == [
        "pixels"
    ]


def test_what_is_no_source_and_what_is_too_much_is_refused(monkeypatch):
    with pytest.raises(TypeError, match=r"`source` has no RDMs and none can be made of it.*received int"):
        rdm_track(3, BRAIN)
    with pytest.raises(ValueError, match=r"`source` mixes RDMs and activations.*received a: Rdm, b: \(5, 6\)"):
        rdm_track({"a": random_rdm(0), "b": PATTERNS}, BRAIN, stimulus_ids=IDS)
    monkeypatch.setattr(module, "MOST_STIMULI", 4)
    with pytest.raises(
        ValueError, match=r"`brain` has more stimuli than can be seen. Accepted is 4 at most; received 5"
    ):
        rdm_track(random_rdm(0), BRAIN)


def test_no_keras_is_needed_for_arrays_from_any_framework():
    code = """
import sys
sys.modules["keras"] = sys.modules["tensorflow"] = None
import numpy as np
import hcnn_widgets as hw
rng = np.random.default_rng(0)
ids = [f"image {i}" for i in range(6)]
activations = hw.ActivationSet({"layer3": rng.random((6, 9))}, ids)
brain = {"IT": [hw.mapping.rdm(rng.random((6, 4)), stimulus_ids=ids) for _ in range(2)]}
explorer = hw.widgets.RdmExplorer(activations, brain)
explorer.panel._track.rdms.join(30)
while not explorer.over:
    explorer.panel.tick()
    explorer.panel.want()
print(explorer.sentence())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("RDMs of model area layer3 and of IT, mean of 2 subjects. IT is most alike to")
    assert done.stderr == ""
