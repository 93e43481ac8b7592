"""Names of two hundred letters leave room for what they name: matplotlib warns of none, and what is cut is marked."""

import numpy as np
import pytest
from brain_side import recordings, table
from stand_in_rdms import AREAS, BRAIN, random_rdm

from hcnn_widgets.widgets.panel.picture_page import in_lines
from hcnn_widgets.widgets.panel.words import short_name
from hcnn_widgets.widgets.predictivity.predictivity_explorer_frame import Choice, Sheet, explorer_frame
from hcnn_widgets.widgets.predictivity.predictivity_explorer_picture import explorer_picture
from hcnn_widgets.widgets.rdms.rdm_explorer import RdmExplorer

LONG = "M" * 200


def long_names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(LONG + name for name in names)


def test_open_bars_of_areas_with_long_names_are_drawn_without_a_warning() -> None:
    sheet = Sheet.of(recordings(labels=np.array([f"{LONG}{i % 3}" for i in range(48)])))
    named = table(model_areas=long_names(("V1", "V2")), brain_areas=long_names(("V4",)))
    made = explorer_frame(named, Choice(0, 0, "V4-0001"), np.ones(4), sheet)
    assert explorer_picture(made.header, made.values, sheet.labels.tolist()).startswith(b"\x89PNG")


def test_rdms_of_areas_and_references_with_long_names_are_drawn_without_a_warning(page, clock, ticker) -> None:
    brain = {f"{LONG}{area}": rdms for area, rdms in BRAIN.items()}
    references = {f"{LONG}{n}": random_rdm(n) for n in range(3)}
    source = {f"{LONG}{area}": random_rdm(n) for n, area in enumerate(AREAS)}
    panel = RdmExplorer(source, brain, references=references, clock=clock, ticker=ticker).panel
    panel.want()
    panel.tick()
    assert panel._job.wait(20)
    panel.want()
    panel.tick()
    assert panel.header["references"] == list(references)
    assert panel.picture().startswith(b"\x89PNG")


@pytest.mark.parametrize("n", [1, 50, 51, 200])
def test_a_name_keeps_its_beginning_and_its_end_in_fifty_letters_at_most(n: int) -> None:
    name = "".join(np.random.default_rng(0).choice(list("abcdefgh"), n))
    cut = short_name(name)
    assert len(cut) == min(n, 50)
    assert (cut == name) == (n <= 50)
    assert (cut[0], cut[-1]) == (name[0], name[-1])
    assert all(len(line) <= 14 for line in in_lines(name, 14).split("\n"))
