from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.mapping.similarity.rdms.brain_rdms import (
    BrainRdms,
    brain_rdms,
    brain_stimuli,
    labels_inferred,
)
from hcnn_widgets.mapping.similarity.rdms.kriegeskorte2008 import kriegeskorte2008
from hcnn_widgets.mapping.similarity.rdms.rdm import rdm
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm

IDS = ["cat", "dog", "car", "cup"]


def random_rdm(seed=0, ids=IDS, **fields):
    n = len(ids)
    return Rdm(np.random.default_rng(seed).random(n * (n - 1) // 2), ids, **fields)


def square(seed=0):
    return random_rdm(seed).matrix


@pytest.mark.parametrize(
    ("brain", "areas", "n_subjects"),
    [
        (random_rdm(name="IT"), ["IT"], [1]),
        (random_rdm(), ["brain"], [1]),
        ([random_rdm(0), random_rdm(1)], ["brain"], [2]),
        (square(), ["brain"], [1]),
        (np.array([square(0), square(1), square(2)]), ["brain"], [3]),
        ([square(0), square(1)], ["brain"], [2]),
        ({"EVC": [random_rdm(0), random_rdm(1)], "IT": random_rdm(2)}, ["EVC", "IT"], [2, 1]),
        ({"EVC": square(), "IT": np.array([square(), square(1)])}, ["EVC", "IT"], [1, 2]),
    ],
)
def test_rdms_of_a_brain_come_in_however_they_are_held(brain, areas, n_subjects):
    found = brain_rdms(brain, stimulus_ids=IDS)
    assert [one.area for one in found] == areas
    assert [len(one.subjects) for one in found] == n_subjects
    assert all(one.stimulus_ids.tolist() == IDS for one in found)


def test_recordings_become_one_rdm_per_area_by_the_distance_asked_for(make_recordings):
    v4, it = make_recordings(area="V4"), make_recordings(area="IT", seed=1)
    found = brain_rdms([v4, it], "euclidean")
    assert [(one.area, one.distance, len(one.subjects)) for one in found] == [
        ("V4", "euclidean", 1),
        ("IT", "euclidean", 1),
    ]
    np.testing.assert_array_equal(found[1].mean.vector, rdm(it, "euclidean").vector)
    assert brain_rdms({"my IT": it})[0].area == "my IT"
    assert brain_rdms(it)[0].source == "made up"


def test_some_stimuli_of_recordings_keep_the_rdm_of_all_and_take_their_trials_along(make_recordings):
    recordings = make_recordings(n_stimuli=6)
    whole = brain_rdms(recordings)[0]
    assert whole.recordings is recordings
    wanted = recordings.stimulus_ids[[4, 0, 3]]
    part = whole.select(wanted)
    np.testing.assert_array_equal(part.mean.vector, whole.mean.select(wanted).vector)
    np.testing.assert_array_equal(part.recordings.responses, recordings.responses[:, [4, 0, 3]])
    subjects = BrainRdms("EVC", (random_rdm(0, wanted), random_rdm(1, wanted)))
    assert subjects.select(wanted[::-1]).recordings is None
    again = brain_rdms([subjects, part])
    assert [(one.area, len(one.subjects), one.recordings) for one in again] == [
        ("EVC", 2, None),
        ("IT", 1, part.recordings),
    ]


def test_the_mean_over_subjects_is_an_rdm_named_after_the_area():
    brain = BrainRdms("IT", (random_rdm(0, name="IT BE"), random_rdm(1, name="KO"), random_rdm(2)))
    np.testing.assert_allclose(brain.mean.vector, brain.vectors.mean(axis=0))
    assert (brain.mean.name, brain.mean.stimulus_ids.tolist()) == ("IT", IDS)
    assert brain.subject_names == ("BE", "KO", "subject 3")
    alone = BrainRdms("IT", (random_rdm(0, name="IT"),))
    assert alone.mean is alone.subjects[0]


def test_an_area_says_what_its_numbers_are():
    one = random_rdm(0, source="A", distance="correlation")
    other = random_rdm(1, source="B", distance="euclidean", simulated=True)
    brain = BrainRdms("IT", (one, other, one))
    assert (brain.source, brain.distance, brain.simulated) == ("A; B", "correlation or euclidean", True)
    assert repr(brain) == "BrainRdms(IT: 3 subjects, 4 stimuli, simulated)"
    assert repr(BrainRdms("V1", (one,))) == "BrainRdms(V1: 1 subject, 4 stimuli)"


@given(st.permutations(IDS), st.permutations(IDS))
def test_stimuli_are_joined_by_id_whatever_their_order(order, other_order):
    one, other = random_rdm(0), random_rdm(1)
    joined = brain_rdms({"A": [one.select(order), other.select(other_order)], "B": other})
    assert all(brain.stimulus_ids.tolist() == list(order) for brain in joined)
    np.testing.assert_array_equal(joined[0].subjects[1].select(IDS).vector, other.vector)
    np.testing.assert_array_equal(joined[1].mean.select(IDS).vector, other.vector)


def test_areas_with_other_stimuli_are_refused_and_some_are_named():
    with pytest.raises(ValueError, match=r"`brain` mixes stimuli: B differs from A in 2 of them, such as cow, cup"):
        brain_rdms([random_rdm(name="A"), random_rdm(ids=["cat", "dog", "car", "cow"], name="B")])
    with pytest.raises(ValueError, match=r"an RDM differs from the first RDM in 1 of them"):
        brain_rdms([random_rdm(), random_rdm(ids=IDS[:3])])


@pytest.mark.parametrize("nothing", [3, "IT", [], None, np.zeros((0, 4, 4)), {"IT": []}])
def test_what_holds_no_rdm_is_refused(nothing):
    with pytest.raises(TypeError, match=r"`brain` holds something without RDMs. Accepted are a Kriegeskorte2008"):
        brain_rdms(nothing)
    with pytest.raises(ValueError, match=r"`brain` names no area. Accepted is one or more; received an empty mapping"):
        brain_rdms({})


def test_the_92_images_come_as_human_and_monkey_it(data_folder):
    data = kriegeskorte2008(data_folder)
    human, monkey = brain_rdms(data)
    assert (human.area, human.subject_names) == ("human IT", ("BE", "KO", "SN", "TI"))
    assert (monkey.area, len(monkey.subjects)) == ("monkey IT", 1)
    np.testing.assert_array_equal(human.mean.matrix, data.human_it_subjects().mean(axis=0))
    assert brain_stimuli(data) is data.stimuli


def test_images_are_found_where_recordings_have_them(make_recordings):
    one = make_recordings()
    assert brain_stimuli(one) is one.stimuli
    assert brain_stimuli({"EVC": random_rdm(), "IT": one}) is one.stimuli
    assert brain_stimuli([one]) is one.stimuli
    assert brain_stimuli([random_rdm()]) is None
    assert brain_stimuli({"IT": square()}) is None


def test_categories_that_the_authors_did_not_name_are_known_to_be_inferred(make_recordings):
    one = make_recordings()
    inferred = replace(one, labels_inferred=True)
    assert [labels_inferred(brain) for brain in (inferred, [one, inferred], {"IT": inferred})] == [True] * 3
    assert [labels_inferred(brain) for brain in (one, [one], {"IT": random_rdm()}, random_rdm())] == [False] * 4
