"""What the tests of representational similarity share: the numbers of rsatoolbox, and the 92 images."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hcnn_widgets.mapping.similarity.rdms.kriegeskorte2008 import Kriegeskorte2008, kriegeskorte2008

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def rsatoolbox() -> dict[str, Any]:
    """Give RDMs of 4 subjects and of a model with ties, 10 conditions, and rsatoolbox 0.3.2's values for them."""
    with np.load(HERE / "rsatoolbox" / "inputs.npz") as inputs:
        rdms = {"subjects": inputs["subj_rdms"], "model": inputs["model_rdm"]}
    return {**rdms, "values": json.loads((HERE / "rsatoolbox" / "values.json").read_text())}


@pytest.fixture(scope="session")
def images92(data_folder: Path) -> Kriegeskorte2008:
    """Give the RDMs of human and monkey IT for 92 images."""
    return kriegeskorte2008(data_folder)
