"""The columns of a table of runs: what stands in them, how they sort and how wide they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hcnn_widgets.widgets.panel.words import duration
from hcnn_widgets.widgets.scene.word_room import DASH, font_size, score_text, text_width

from .run_choices import NAME, differing, in_words
from .run_row import RunRow

Value = str | float | None
CHOICES = "Choices"
ROW_EMS, PAD, LEAST_CHOICES, MOST_CHOICES = 2.3, 20.0, 110.0, 420.0
STATES = {"starting": "starting", "finished": "finished", "stopped": "stopped early", "interrupted": "interrupted"}


@dataclass(frozen=True)
class Column:
    """A column: its name, what stands in it, and what it is sorted by.

    Attributes
    ----------
    name : str
    words : callable
        RunRow -> what is written.
    value : callable
        RunRow -> number or text to sort by; None for what is not known, which comes last.
    best_first : bool
        Whether the largest come first when the column is first sorted by.
    numeric : bool
        Whether the words end at the right edge.
    gives_way : int
        In which order columns are left out where there is no room; 0 for never.
    """

    name: str
    words: Callable[[RunRow], str]
    value: Callable[[RunRow], Value]
    best_first: bool = False
    numeric: bool = False
    gives_way: int = 0


def columns_of(rows: Sequence[RunRow]) -> list[Column]:
    """Return the columns of a table of these rows."""
    names = differing([row.choices for row in rows]) if rows else []
    shown = names or [NAME]

    def chosen(row: RunRow) -> str:
        return in_words(row.choices, shown)

    return [
        Column("Run", lambda row: row.title, lambda row: float(row.number), best_first=True),
        Column(CHOICES, chosen, chosen, gives_way=4),
        Column("Seed", seed_words, lambda row: _number(row.seed), numeric=True, gives_way=2),
        *_score_columns(rows),
        Column("Time", lambda row: duration(row.elapsed_s), lambda row: row.elapsed_s, numeric=True, gives_way=1),
        Column("State", state_words, state_words, gives_way=3),
    ]


def _score_columns(rows: Sequence[RunRow]) -> list[Column]:
    goals = dict.fromkeys(row.quantity.name for row in rows if row.quantity is not None)
    better = all(row.quantity.higher_is_better for row in rows if row.quantity is not None)
    name = next(iter(goals)).capitalize() if len(goals) == 1 else "Score"
    brains = dict.fromkeys(score.brain for row in rows for score in row.brains)
    goal = Column(
        name,
        lambda row: (f"{row.quantity.name} " if len(goals) > 1 and row.quantity else "") + (row.score_words or DASH),
        lambda row: row.score,
        best_first=better,
        numeric=True,
    )
    return [goal, *(_brain_column(brain) for brain in brains)]


def _brain_column(brain: str) -> Column:
    def value(row: RunRow) -> float | None:
        score = row.brain(brain)
        return None if score is None else score.value

    def words(row: RunRow) -> str:
        known = value(row)
        return DASH if known is None else score_text(known)

    return Column(f"{brain} r", words, value, best_first=True, numeric=True)


def seed_words(row: RunRow) -> str:
    """Return the seed of a run; of the first weights first where that is another."""
    known = [seed for seed in dict.fromkeys((row.model_seed, row.seed)) if seed is not None]
    return " / ".join(map(str, known)) or DASH


def state_words(row: RunRow) -> str:
    """Return how a run stands, in a word or two."""
    share = f"{row.steps_done / row.n_steps:.0%}" if row.n_steps else ""
    words = f"{row.state} {share}".strip() if row.alive else STATES.get(row.state, row.state)
    return f"{words}, kept" if row.kept else f"{words}, network gone" if row.gone else words


def ordered(rows: Sequence[RunRow], column: Column, downwards: bool) -> list[RunRow]:
    """Return rows in the order of a column; what is not known comes last either way, and equals stay in order."""
    known = [row for row in rows if column.value(row) is not None]
    unknown = [row for row in rows if column.value(row) is None]
    return [*sorted(known, key=lambda row: _key(column.value(row)), reverse=downwards), *unknown]


def _key(value: Value) -> tuple[float, str]:
    return (0.0, value.casefold()) if isinstance(value, str) else (float(value or 0.0), "")


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True)
class RunsLayout:
    """Columns that have room, and where they stand.

    Attributes
    ----------
    columns : list of Column
    lefts, widths : list of float
    font, row_height : float
    """

    columns: list[Column]
    lefts: list[float]
    widths: list[float]
    font: float
    row_height: float


def columns_within(rows: Sequence[RunRow], width: float) -> list[Column]:
    """Return the columns that a width in pixels has room for: some give way where there is none."""
    font, columns = float(font_size(width)), columns_of(rows)
    while True:
        widths = [_needed(column, rows, font) for column in columns]
        least = [
            LEAST_CHOICES if column.name == CHOICES else needed for column, needed in zip(columns, widths, strict=True)
        ]
        going = [column for column in columns if column.gives_way]
        if sum(least) <= width or not going:
            return columns
        columns.remove(min(going, key=lambda column: column.gives_way))


def runs_layout(rows: Sequence[RunRow], columns: list[Column], width: float) -> RunsLayout:
    """Lay columns out in a width; the choices take what is left, or else the first column."""
    font = float(font_size(width))
    widths = [_needed(column, rows, font) for column in columns]
    place = next((n for n, column in enumerate(columns) if column.name == CHOICES), 0)
    widths[place] = max(60.0, widths[place] + width - sum(widths))
    lefts = [sum(widths[:place]) for place in range(len(widths))]
    return RunsLayout(columns, lefts, widths, font, ROW_EMS * font)


def _needed(column: Column, rows: Sequence[RunRow], font: float) -> float:
    words = [text_width(f"{column.name} \u25be", font, True), *(text_width(column.words(row), font) for row in rows)]
    return min(MOST_CHOICES, max(words)) + PAD
