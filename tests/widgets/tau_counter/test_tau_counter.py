import io
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from stand_in_rdms import IDS, LABELS, random_rdm, stimuli

from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.rdms.rdm_record import Rdm
from hcnn_widgets.widgets.tau_counter.tau_canvas import TauCanvas
from hcnn_widgets.widgets.tau_counter.tau_counter import TauCounter
from hcnn_widgets.widgets.tau_counter.tau_frame import read_tau
from hcnn_widgets.widgets.tau_counter.tau_stimuli import drawn_rows, joined_rdms, labels_of

A, B = random_rdm(1, name="model IT", source="made up"), random_rdm(2, name="human IT")


@pytest.fixture
def counter(page, clock, ticker):
    return TauCounter(A, B, stimuli(), n=4, clock=clock, ticker=ticker)


def shown(counter):
    return read_tau(counter.panel.header, counter.panel.values)


def test_a_frame_holds_both_rdms_of_a_few_stimuli_and_every_verdict(counter):
    a, b, verdicts = shown(counter)
    np.testing.assert_allclose(a, A.select(counter.stimulus_ids).vector, rtol=1e-6)
    np.testing.assert_allclose(b, B.select(counter.stimulus_ids).vector, rtol=1e-6)
    assert verdicts.tolist() == [step.verdict for step in counter.steps.steps]
    header = counter.panel.header
    assert (header["n"], header["n_steps"], header["name_a"], header["name_b"]) == (4, 15, "model IT", "human IT")
    assert [IDS[row] for row in header["rows"]] == list(counter.stimulus_ids)
    assert header["source"] == "made up"


@given(st.integers(0, 30), st.integers(3, 5))
def test_at_the_end_the_count_is_tau_a(seed, n):
    rows = drawn_rows((A, B), np.array(LABELS), n, seed)
    ids = A.stimulus_ids[rows]
    canvas = TauCanvas(A, B, None, rows)
    assert canvas.counted.tau_a == pytest.approx(compare(A.select(ids), B.select(ids), "tau_a"), abs=1e-12)
    canvas.close()


def test_the_page_steps_and_so_does_the_person_at_the_keyboard(page, counter):
    page.change(counter.panel, position=7)
    assert counter.position == 7
    assert "7 of 15 steps" in counter.sentence()
    counter.position = 99
    assert counter.position == 15
    assert counter.sentence().endswith(f"tau_A = ({counter.steps.number_of(1)} - {counter.steps.number_of(-1)}) / 15 = "
                                       f"{counter.tau_a:.3f}.")  # fmt: skip
    counter.position = -3
    assert counter.position == 0


def test_the_picture_in_the_notebook_is_that_of_the_end(page, counter, monkeypatch):
    left = []
    monkeypatch.setattr(counter, "leave_picture", lambda: left.append(counter.sentence()))
    for position in (1, 14, 15):
        page.change(counter.panel, position=position)
    assert len(left) == 1
    assert "tau_A = (" in left[0]


def test_others_are_drawn_counted_from_the_beginning_and_taken_back(page, counter):
    before = counter.stimulus_ids
    counter.position = 5
    seen = set()
    for _ in range(6):
        page.click(counter._draw)
        seen.add(counter.stimulus_ids)
        assert counter.position == 0
    assert len(seen) > 1
    while not counter._undo.disabled:
        page.click(counter._undo)
    assert counter.stimulus_ids == before
    counter.undo()
    assert counter.stimulus_ids == before


def test_more_or_fewer_images_are_chosen_by_number(page, counter):
    page.change(counter._number, value=3)
    assert len(counter.stimulus_ids) == counter.panel.header["n"] == 3
    assert counter._number.max == 5
    page.click(counter._undo)
    assert (len(counter.stimulus_ids), counter._number.value) == (4, 4)


def test_images_are_picked_in_the_page_or_by_their_ids(page, counter):
    page.say(counter.panel, kind="subset", images=[4, 0, 2])
    assert counter.stimulus_ids == ("tree", "face 1", "face 2")
    assert counter._number.value == 3
    counter.stimulus_ids = ["car 1", "tree", "face 1", "car 2"]
    assert counter.stimulus_ids == ("car 1", "tree", "face 1", "car 2")
    counter.stimulus_ids = counter.stimulus_ids  # the same again is no choice
    counter.undo()
    assert counter.stimulus_ids == ("tree", "face 1", "face 2")
    page.say(counter.panel, kind="hover", images=[1, 2, 3])
    assert counter.stimulus_ids == ("tree", "face 1", "face 2")


@pytest.mark.parametrize(
    ("images", "said"),
    [
        ([0, 1], "Accepted are 3 to 5; received 2"),
        ([0, 1, 1], "must be different ones of the 5"),
        ([0, 1, 7], "received \\[0, 1, 7\\]"),
        ([0, 1, -1], "must be different ones"),
    ],
)
def test_a_pick_that_cannot_be_counted_with_is_refused_in_words_and_changes_nothing(page, counter, images, said):
    before = counter.stimulus_ids
    page.say(counter.panel, kind="subset", images=images)
    assert counter.stimulus_ids == before
    assert re.search(said, counter.panel.message)


def test_stimuli_that_an_rdm_does_not_tell_apart_are_refused_in_words(page, clock, ticker):
    flat = Rdm([1, 1, 2, 2, 1, 2, 2, 2, 2, 2], IDS)  # the first three are all alike
    counter = TauCounter(A, flat, stimulus_ids=IDS, clock=clock, ticker=ticker)
    page.say(counter.panel, kind="subset", images=[0, 1, 2])
    assert "is constant" in counter.panel.message
    assert counter.stimulus_ids == tuple(IDS)
    with pytest.raises(ValueError, match=r"`n=3` stimuli that both RDMs tell apart were not found in 50 draws"):
        drawn_rows((A, Rdm(np.ones(10), IDS)), np.array(LABELS), 3, 0)


def test_without_images_or_names_there_are_ids_and_numbers(page, clock, ticker):
    counter = TauCounter(A.matrix, B.vector, n=3, clock=clock, ticker=ticker)
    assert counter.panel.sheet_header["ids"][0] == "row0000"
    assert (counter.panel.header["name_a"], counter.panel.header["name_b"]) == ("RDM a", "RDM b")


@given(st.permutations(IDS))
def test_two_rdms_are_joined_by_id_and_an_array_takes_the_others_order(order):
    a, b = joined_rdms(A, B.select(order))
    np.testing.assert_array_equal(b.vector, B.vector)
    assert joined_rdms(A, B.vector)[1].stimulus_ids.tolist() == IDS
    assert joined_rdms(A.matrix, B)[0].stimulus_ids.tolist() == IDS
    assert a is A


def test_rdms_of_other_stimuli_are_refused():
    with pytest.raises(ValueError, match=r"`b` has other stimuli than `a`.*received 3 beside 5"):
        joined_rdms(A, Rdm([1, 2, 3], IDS[:3]))
    with pytest.raises(ValueError, match=r"lacks 1 of 5 ids"):
        joined_rdms(A, Rdm(B.vector, [*IDS[:4], "cow"]))


def test_the_draw_takes_of_every_category_before_it_takes_a_second():
    labels = labels_of(A, stimuli())
    assert labels.tolist() == LABELS
    for seed in range(10):
        assert len(set(labels[drawn_rows((A, B), labels, 3, seed)])) == 3
    assert labels_of(A, None).tolist() == [""] * 5


def test_numbers_of_images_that_cannot_be_watched_are_refused(page, ticker):
    with pytest.raises(ValueError, match=r"`n` is no number of images to count with. Accepted are 3 to 5; received 2"):
        TauCounter(A, B, n=2, ticker=ticker)
    large = Rdm(np.random.default_rng(0).random(66))
    with pytest.raises(ValueError, match=r"Accepted are 3 to 8; received 9"):
        TauCounter(large, large, stimulus_ids=large.stimulus_ids[:9], ticker=ticker)


def test_the_code_counts_the_same(counter, capsys):
    exec(counter.code, {})
    assert float(capsys.readouterr().out) == pytest.approx(counter.tau_a, abs=1e-12)


def test_the_picture_shows_both_rdms_and_is_left_in_the_notebook(counter):
    picture = np.asarray(Image.open(io.BytesIO(counter.picture())).convert("RGB")).astype(int)
    assert np.mean(np.ptp(picture, axis=2) > 24) > 0.05
    assert counter.over


def test_before_there_is_a_frame_there_are_words(counter):
    counter.panel.clear()
    assert counter.picture() == b""
    assert counter.sentence() == "Counting tau_A."
    counter.panel.counted = None
    assert counter.panel.make_frame().header == {}
