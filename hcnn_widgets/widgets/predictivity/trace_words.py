"""Words of ScoreTrace: caption, sentences, cards, and the table that is saved."""

import numpy as np

from hcnn_widgets.widgets.scene.colours import depth_role
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import score_text
from hcnn_widgets.widgets.scores.score_words import ROOMY_TITLE, ToldScores

from .trace_layout import Span
from .trace_moments import Moment, Trace

COLUMNS: tuple[str, ...] = ("brain area", "simulated", "step", "images", "on all images", "goal", "goal's score")
COLUMNS += ("best model area", "score", "error", "best untrained", "pixels", "ceiling")
BEST = "trace: the best model area at each moment, chosen on the images that it is scored on"
BEFORE = "untrained: its best area"


def trace_title(told: ToldScores | None = None, span: Span | None = None, width: float = ROOMY_TITLE) -> str:
    """Return the title of the panel: what is shown against what, and of which images where not of all."""
    against = span is not None and span.against
    if told is None or span is None:
        return "Neural predictivity over training"
    part = told.header["part"]
    if width < ROOMY_TITLE:
        return ", ".join(["Predictivity", *([part] if part else [])])
    over = f"against {span.words}" if against else "over training"
    return f"Neural predictivity {over}{part and ', on ' + part}"


def trace_caption(told: ToldScores, trace: Trace, span: Span) -> str:
    """Return what the points are, what stands apart and why, and the convention of the scores."""
    parts = [BEST, BEFORE]
    if span.against and not trace.goal.name:
        parts.append("the goal has not been scored yet")
    elif span.against:
        joined = "between two measurements is that on the line which joins them, and before the first there is none"
        parts.append(f"{trace.goal.name} {joined}")
    apart = apart_words(told, trace)
    return "; ".join(filter(None, [*parts, *([apart] if apart else []), trace.convention, told.header["source"]]))


def all_images_of(told: ToldScores) -> str:
    """Return the images of the score that stands apart: "all 640 images"."""
    return str((told.whole or told).header["all_images"])


def apart_words(told: ToldScores, trace: Trace) -> str:
    """Return why the last score stands apart; empty where it does not."""
    if trace.last is None:
        return ""
    if not trace.moments:
        return (
            f"the score at the end alone, on {trace.last.n_stimuli:,} images: nobody looked while the network learned"
        )
    before = f"the others on {trace.moments[-1].n_stimuli:,}"
    return f"the score at the end, on {all_images_of(told)} ({before}), stands apart: no step of learning leads to it"


def trace_sentence(told: ToldScores, trace: Trace) -> str:
    """Return a sentence on where the score of each brain area has come from and got to.

    Returns
    -------
    str
        "From step 20 to step 1,340, on 192 images: V4 from 0.31 to 0.45 (untrained 0.30, pixels 0.26, ceiling 0.87).
        At the end, on all 640 images: V4 0.47."
    """
    said = []
    if trace.moments:
        first, newest = trace.moments[0], trace.moments[-1]
        areas = "; ".join(_course(told, trace, brain) for brain in range(len(told.scores.brain_areas)))
        steps = (
            f"From step {first.step:,} to step {newest.step:,}"
            if first.step < newest.step
            else f"At step {newest.step:,}"
        )
        said.append(f"{steps}, on {newest.n_stimuli:,} images: {areas}.")
    if trace.last is not None:
        values = zip(told.scores.brain_areas, trace.last.value, strict=True)
        areas = "; ".join(f"{area} {score_text(value)}" for area, value in values)
        said.append(f"At the end, on {all_images_of(told)}: {areas}.")
    beside = [] if trace.beside is None else [f"Beside: {trace.beside.title}."]
    return " ".join([*said, f"Best model area at each moment ({trace.convention}).", *beside])


def _course(told: ToldScores, trace: Trace, brain: int) -> str:
    """Return the way of a brain area's score: "V4 from 0.31 to 0.45 (untrained 0.30, pixels 0.26, ceiling 0.87)"."""
    first, newest = trace.moments[0], trace.moments[-1]
    held = (("untrained", newest.untrained), ("pixels", newest.pixels), ("ceiling", trace.ceiling))
    known = ", ".join(f"{name} {score_text(of[brain])}" for name, of in held if np.isfinite(of[brain]))
    way = score_text(newest.value[brain])
    way = f"from {score_text(first.value[brain])} to {way}" if first.step < newest.step else way
    return f"{area_name(told, brain)} {way}{f' ({known})' if known else ''}"


def area_name(told: ToldScores, brain: int) -> str:
    """Return the name of a brain area, which says so where its recordings are simulated."""
    scores = told.scores
    return f"{scores.brain_areas[brain]} (simulated)" if scores.simulated[brain] else scores.brain_areas[brain]


def moment_sentence(told: ToldScores, trace: Trace, brain: int, moment: Moment) -> str:
    """Return what is heard of a moment: "Step 340, V4: 0.45, best model area V3, held-out accuracy 0.61"."""
    after = f"At the end, on {all_images_of(told)}, step" if moment is trace.last else "Step"
    where = f"{after} {moment.step:,}, {area_name(told, brain)}"
    if moment.model[brain] < 0:
        return f"{where}: no score"
    goal = trace.goal.at(moment.step)
    reached = f", {trace.goal.name} {score_text(goal)}" if np.isfinite(goal) else ""
    best = told.scores.model_areas[moment.model[brain]]
    return f"{where}: {score_text(moment.value[brain])}, best model area {best}{reached}"


def moment_rows(told: ToldScores, trace: Trace, brain: int, moment: Moment) -> list[CardRow]:
    """Return the rows of a moment's card: the score, and what it is held against."""
    areas, model, error = told.scores.model_areas, int(moment.model[brain]), moment.error[brain]
    value = score_text(moment.value[brain]) + (f" \u00b1 {score_text(error)}" if np.isfinite(error) else "")
    best = CardRow(f"model {areas[model]}", value, depth_role(model, len(areas)), True) if model >= 0 else None
    held = {
        "untrained": moment.untrained[brain],
        "pixels": moment.pixels[brain],
        "noise ceiling": trace.ceiling[brain],
        trace.goal.name: trace.goal.at(moment.step),
    }
    line = trace.line_beside(brain)
    if line is not None and trace.beside is not None and moment is not trace.last:
        held[trace.beside.title] = np.interp(moment.step, line.step, line.value, left=np.nan, right=np.nan)
    rows = [CardRow(name, score_text(value)) for name, value in held.items() if np.isfinite(value)]
    return rows if best is None else [best, *rows]


def trace_table(told: ToldScores, trace: Trace) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers behind the drawing, a row a brain area and moment."""
    rows: list[tuple[Cell, ...]] = [COLUMNS]
    scores = told.scores
    for brain, area in enumerate(scores.brain_areas):
        for moment in trace.all_moments:
            model = int(moment.model[brain])
            about = ("yes" if scores.simulated[brain] else "no", moment.step, moment.n_stimuli)
            goal = ("yes" if moment is trace.last else "no", trace.goal.name, trace.goal.at(moment.step))
            held = (moment.value, moment.error, moment.untrained, moment.pixels, trace.ceiling)
            best = scores.model_areas[model] if model >= 0 else ""
            rows.append((area, *about, *goal, best, *(float(of[brain]) for of in held)))
    return tuple(rows)
