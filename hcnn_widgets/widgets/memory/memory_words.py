"""What MemoryTrace says: of the whole, of each history and each delay, and as a table."""

import numpy as np

from hcnn_widgets.in_time.delay_scores import DelayScores
from hcnn_widgets.widgets.scene.scene import CardRow, Cell
from hcnn_widgets.widgets.scene.word_room import value_text

from .memory_shown import Shown


def memory_sentence(shown: Shown) -> str:
    """Return what is seen: how far apart the last states are, and the accuracy at the delay of the training."""
    n = len(shown.histories.sequences)
    parts = []
    for network in shown.histories.networks:
        last = shown.lines(network)[-1]
        parts.append(f"{network}: last states from {value_text(float(last.min()))} to {value_text(float(last.max()))}")
    words = (
        f"{n} histories with the same delay and the same test image; unit {shown.rank + 1} of {shown.area} by how much "
    )
    words += f"its last state differs between histories. {'; '.join(parts)}."
    return words + (f" {_scores_in_words(shown.scores)}" if shown.scores is not None else "")


def _scores_in_words(scores: DelayScores) -> str:
    delay = scores.delays[0] if scores.trained_delay not in scores.delays else scores.trained_delay
    assert delay is not None
    each = ", ".join(f"{network} {scores.accuracy(network, delay).value:.2f}" for network in scores.networks)
    return f"Fraction right at a delay of {_frames(delay)}: {each}; chance 0.50."


def _frames(n: int) -> str:
    return f"{n} frame{'' if n == 1 else 's'}"


def history_sentence(shown: Shown, history: int) -> str:
    """Return what is heard of a history."""
    states = ", ".join(f"{row.name} {row.value}" for row in history_card(shown, history)[2:])
    return f"Sample {_sample(shown, history)}, {_kind(shown, history)}. Last state: {states}."


def history_card(shown: Shown, history: int) -> tuple[CardRow, ...]:
    """Return the rows of a history's card."""
    states = [
        CardRow(network, value_text(float(shown.lines(network)[-1, history]))) for network in shown.histories.networks
    ]
    return (CardRow("sample", _sample(shown, history), strong=True), CardRow("", _kind(shown, history)), *states)


def _sample(shown: Shown, history: int) -> str:
    return str(shown.histories.sequences.latents["sample"][history])


def _kind(shown: Shown, history: int) -> str:
    sequences = shown.histories.sequences
    assert sequences.labels is not None
    test = sequences.latents["test"][history]
    return f"{'a match of' if sequences.labels[history] == 'same' else 'another than'} the test image, {test}"


def score_sentence(scores: DelayScores, network: str, delay: int) -> str:
    """Return what is heard of a network at a delay."""
    found = scores.accuracy(network, delay)
    trained = ", the delay of the training" if delay == scores.trained_delay else ""
    return (
        f"{network}, {_frames(delay)} of delay{trained}: {found.value:.3f} right, 95 % interval {found.low:.3f} to "
        f"{found.high:.3f}."
    )


def score_card(scores: DelayScores, network: str, delay: int) -> tuple[CardRow, ...]:
    """Return the rows of the card of a network at a delay."""
    found = scores.accuracy(network, delay)
    return (
        CardRow("delay", _frames(delay)),
        CardRow("right", f"{found.value:.3f}", strong=True),
        CardRow("95 % interval", f"{found.low:.3f} to {found.high:.3f}"),
        CardRow("sequences", f"{scores.n_stimuli:,}"),
    )


def memory_table(shown: Shown) -> tuple[tuple[Cell, ...], ...]:
    """Return the numbers: the state of the unit at each frame of each history, then the accuracy at each delay."""
    rows: list[tuple[Cell, ...]] = [("network", "what", "sample", "frame or delay", "value", "low", "high")]
    for network in shown.histories.networks:
        for (step, history), value in np.ndenumerate(shown.lines(network)):
            rows.append((network, "state", _sample(shown, history), step + 1, float(value), None, None))
    if shown.scores is not None:
        for network in shown.scores.networks:
            for delay in shown.scores.delays:
                rows.append((network, "fraction right", None, delay, *shown.scores.accuracy(network, delay)))
    return tuple(rows)
