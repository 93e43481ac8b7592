"""Where the panel of MlpLab has its parts: side by side as soon as both have room."""

import pytest

from hcnn_widgets.widgets.classroom.mlp.mlp_lab import MlpLab
from hcnn_widgets.widgets.scene.marks import Group


def drawn(marks):
    """Return all marks, those in groups too."""
    return [each for mark in marks for each in (drawn(mark.marks) if isinstance(mark, Group) else [mark])]


@pytest.mark.parametrize("width", [820, 912, 960, 1050, 1200])
def test_eight_hidden_units_stand_beside_their_weights_in_a_notebook_and_on_the_stage(page, width):
    lab = MlpLab("moons", hidden=8)
    scene = lab.scene(width)
    rows = [mark for mark in scene.marks if getattr(mark, "part", "") == "row"]
    cells = [mark for row in rows for mark in drawn(row.marks) if hasattr(mark, "width")]
    network = [mark for mark in drawn(scene.marks) if mark.key.startswith("tile-")]
    assert len(network) == 9
    assert max(mark.x + mark.width for mark in network) < min(mark.x for mark in cells)
    assert max(mark.x + mark.width for mark in cells) <= width
    assert max(mark.y for mark in network) < max(mark.y for mark in cells)
    words = [mark for row in rows for mark in drawn(row.marks) if getattr(mark, "words", "")]
    (legend,) = (mark for mark in drawn(scene.marks) if mark.key == "legend")
    assert not [mark.words for mark in (*words, legend) if "\u2026" in mark.words]
    lab.close()


def test_where_there_is_no_room_for_both_the_weights_stand_below_the_network(page):
    lab = MlpLab("moons", hidden=8)
    scene = lab.scene(640)
    rows = [mark for mark in scene.marks if getattr(mark, "part", "") == "row"]
    network = [mark for mark in drawn(scene.marks) if mark.key.startswith("tile-")]
    assert max(mark.y + mark.height for mark in network) < min(mark.y for row in rows for mark in drawn(row.marks))
    lab.close()
