"""What all tests share: where recordings lie, and no network."""

import os
from pathlib import Path

RECORDINGS = Path(__file__).parents[2] / "shared" / "data"

if RECORDINGS.is_dir():
    os.environ.setdefault("HCNN_WIDGETS_DATA", str(RECORDINGS))
