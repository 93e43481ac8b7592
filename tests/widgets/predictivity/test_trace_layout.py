from types import SimpleNamespace

import pytest

from hcnn_widgets.widgets.predictivity.trace_layout import steps_shown


@pytest.mark.parametrize(
    ("taken", "planned", "shown"),
    [(1, 1356, 2), (40, 1356, 1356), (700, 180_000, 2000), (2600, 180_000, 10_000), (3600, 180_000, 180_000)],
)
def test_the_axis_has_room_for_what_is_seen_long_before_the_end_is_in_sight(taken, planned, shown):
    moments = (SimpleNamespace(step=0), SimpleNamespace(step=taken))
    assert steps_shown(SimpleNamespace(all_moments=moments, n_steps=planned)) == shown
