import ast
import inspect
import re
from pathlib import Path

import pytest

from hcnn_widgets.mapping import read_rdms, read_recordings
from hcnn_widgets.mapping.readers.read_rdms import RDM_READERS
from hcnn_widgets.mapping.readers.read_recordings import RECORDING_READERS

GUIDE = Path(__file__).parents[1] / "docs" / "reading_recordings.md"
CALLS = re.findall(r"^\|.*\| `(read_\w+\(.*\))` \|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
DOORS = {"read_recordings": (read_recordings, RECORDING_READERS), "read_rdms": (read_rdms, RDM_READERS)}


def test_the_guide_shows_calls() -> None:
    assert len(CALLS) == 14


@pytest.mark.parametrize("call", CALLS)
def test_every_call_in_the_guide_has_options_that_are_there(call) -> None:
    tree = ast.parse(call, mode="eval").body
    door, readers = DOORS[tree.func.id]
    general = set(inspect.signature(door).parameters) - {"layout"}
    used = {keyword.arg for keyword in tree.keywords} - general
    assert any(used <= set(inspect.signature(read).parameters) for read in readers.values())
