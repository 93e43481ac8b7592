"""Let the tests of this folder share their stand-ins, and take steps in either way."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

WAYS = ("chunks", "one by one")


@pytest.fixture(params=WAYS)
def way(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Take the steps in compiled chunks, and as on other backends."""
    from hcnn_widgets.learning import compiled_steps

    if request.param == "one by one":
        monkeypatch.setattr(compiled_steps, "TensorFlowSteps", compiled_steps.PortableSteps)
    return request.param
