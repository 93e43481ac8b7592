"""What all tests share: where recordings lie, no network, and nothing kept on disk that was drawn."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

RECORDINGS = Path(__file__).parents[2] / "shared" / "data"

if RECORDINGS.is_dir():
    os.environ.setdefault("HCNN_WIDGETS_DATA", str(RECORDINGS))
os.environ.setdefault("HCNN_WIDGETS_CACHE", "off")
