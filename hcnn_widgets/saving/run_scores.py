"""The scores of a run over its training, as they are saved with it."""

from pathlib import Path
from typing import Any

from hcnn_widgets.mapping.live.saved_score import COLUMNS, SavedScore, rows_of, unfolded, words_of
from hcnn_widgets.mapping.live.score import LiveScore
from hcnn_widgets.mapping.live.work import shared_works

from .run_files import MOST_SCORES, WHOLE_OF
from .text_tables import write_json, write_table


def kept_scores(run: Any) -> list[SavedScore]:
    """Return the scores of a run against each set of recordings that panels watched, or that came with it.

    Parameters
    ----------
    run : Run
    """
    live = [
        SavedScore([str(part) for part in key[1:]], work.history)
        for key, work in shared_works(run).items()
        if isinstance(key, tuple) and isinstance(work, LiveScore) and work.history
    ]
    keys = {score.key for score in live}
    return [*live, *(score for score in run.saved_scores if score.key not in keys)][:MOST_SCORES]


def write_scores(stem: Path, score: SavedScore) -> None:
    """Write the scores of a run as a table and the words that go with it."""
    known = unfolded(score.history)
    tables = [table for table, _ in known]
    said = [words_of(table) | ({} if of is None else {WHOLE_OF: of}) for table, of in known]
    words = {"recordings": list(score.key), "tables": said}
    write_json(stem.with_name(stem.name + ".json"), words)
    write_table(stem.with_name(stem.name + ".csv"), COLUMNS, rows_of(tables))
