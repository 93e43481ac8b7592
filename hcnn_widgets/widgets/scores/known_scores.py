"""Scores of a run that there are already."""

import sys
from typing import Any

LIVE_WORKS = "hcnn_widgets.mapping.live.work"


def works_of(run: Any) -> list[Any]:
    """Return the live scores of a run that there are, and those that were saved with it; begins none."""
    work = sys.modules.get(LIVE_WORKS)  # where it was never loaded there are no live scores
    live = [] if work is None else list(work.shared_works(run).values())
    return [*(one for one in live if hasattr(one, "recordings")), *getattr(run, "saved_scores", ())]
