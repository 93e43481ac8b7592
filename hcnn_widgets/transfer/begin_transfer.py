"""Begin a transfer: what came is checked, labelled images are drawn, and networks are trained one after the other."""

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.keras_door import keras
from hcnn_widgets.learning.backpropagation import Backpropagation
from hcnn_widgets.model import GoalDrivenModel
from hcnn_widgets.records.checks import check_count, check_kind, check_seed, known_name
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .carried_over import Weights, carried_over, settle_statistics, weights_of
from .running_transfer import Transfer
from .transfer_row import TransferRow
from .ways import WAYS

HELD_OUT = 0.5
AT_ONCE = 128
LONGEST_ERROR = 300
"""Letters of an error that are kept."""


@checks_keywords
def transfer(
    model: GoalDrivenModel,
    images: StimulusSet,
    freeze_at: str | None = None,
    n_labels: Iterable[int] = (10, 30, 100, 300),
    seeds: Iterable[int] = (0, 1, 2),
    *,
    ways: Iterable[str] | None = None,
    n_steps: int = 200,
    learning_rate: float = 5e-3,
    batch_size: int = 32,
    known: Iterable[TransferRow] = (),
) -> Transfer:
    """Begin to carry a trained network over to new categories, in several ways and with few or many labels.

    Returns at once. Half of the images are held out, the same for all; labelled ones are drawn from the other half, the
    same number of each category, and fewer labels are a part of more. Each network is trained by backpropagation for
    the same number of steps.

    Parameters
    ----------
    model : GoalDrivenModel
        Trained; it stays as it is. While it trains, its weights of now are taken.
    images : StimulusSet
        With labels, of categories that the model was not trained on: `hw.stimuli.split_categories`.
    freeze_at : str, optional
        The last area below the freeze line; by default the highest, so that a readout alone is trained.
    n_labels : iterable of int
        Labelled images of all categories together, one of each at least.
    seeds : iterable of int
        Of each number of labels so many networks: a seed draws the labelled images and the weights that are drawn anew.
    ways : iterable of str, optional
        Names in `hw.transfer.WAYS`; by default all.
    n_steps : int
        Of each training. With too few a frozen network is below what its areas hold: a readout alone learns slowly.
    learning_rate : float
        At the start, the same for all ways.
    batch_size : int
        At most: a batch is never larger than the number of labels.
    known : iterable of TransferRow
        Of the same images and settings, which need not be trained again: those from scratch are the same wherever the
        line is.

    Raises
    ------
    TypeError, ValueError
        If images have no labels, or fewer than are to be learnt from.

    Source: Yosinski, Clune, Bengio & Lipson (2014), NeurIPS 27.
    """
    settings = transfer_settings(
        model,
        images,
        freeze_at,
        n_labels,
        seeds,
        ways=ways,
        n_steps=n_steps,
        learning_rate=learning_rate,
        batch_size=batch_size,
    )
    rule = Backpropagation(learning_rate=learning_rate, batch_size=batch_size)
    learnt, held_out = images.split(HELD_OUT)
    made = Transfer(settings)
    for row in known:
        if (row.way, row.n_labels, row.seed) in set(_keys(made)):
            made.add(row)
    shape = tuple(own or came for own, came in zip(model.network.input_shape[1:], images.image_shape, strict=True))
    parts = learnt.adapted_to(shape), held_out.adapted_to(shape)  # type: ignore[arg-type]
    work = threading.Thread(
        target=_go, args=(made, model, weights_of(model), *parts, rule), name="hcnn_widgets transfer", daemon=True
    )
    work.start()
    return made


def transfer_settings(
    model: GoalDrivenModel,
    images: StimulusSet,
    freeze_at: str | None = None,
    n_labels: Iterable[int] = (10, 30, 100, 300),
    seeds: Iterable[int] = (0, 1, 2),
    *,
    ways: Iterable[str] | None = None,
    n_steps: int = 200,
    learning_rate: float = 5e-3,
    batch_size: int = 32,
) -> dict[str, Any]:
    """Check the arguments of `transfer`, and return them as plain data."""
    check_kind("model", model, GoalDrivenModel, " (a Keras model comes in by GoalDrivenModel.from_keras)")
    check_kind("images", images, StimulusSet)
    check_count("n_steps", n_steps)
    line = known_name("freeze_at", model.areas[-1] if freeze_at is None else freeze_at, model.areas, "is no area")
    counts, seeds = _whole_numbers(several("n_labels", n_labels)), several("seeds", seeds)
    for seed in seeds:
        check_seed(seed)
    Backpropagation(learning_rate=learning_rate, batch_size=batch_size)
    model._built()
    _check_labels(images, counts)
    return {
        "freeze_at": line,
        "n_labels": counts,
        "seeds": list(seeds),
        "ways": [known_name("ways", way, WAYS) for way in (WAYS if ways is None else ways)],
        "n_steps": n_steps,
        "learning_rate": learning_rate,
        "batch_size": batch_size,
        "categories": list(images.categories),
        "n_held_out": round(HELD_OUT * len(images)),
    }


def _check_labels(images: StimulusSet, counts: Sequence[int]) -> None:
    """Refuse images without labels, and numbers of labels that the half that is not held out does not have."""
    if images.labels is None or len(images.categories) < 2:
        raise ValueError(f"`images` must have labels of at least two categories; received {images!r}.")
    most = int(np.bincount(images.label_indices()).min() // 2) * len(images.categories)
    if max(counts) > most or min(counts) < len(images.categories):
        raise ValueError(
            f"`n_labels` must be numbers of images from {len(images.categories)}, one of each category, to {most:,}, "
            f"half of the rarest category's images for each; received {min(counts):,} to {max(counts):,}."
        )


def several(argument: str, given: Any) -> tuple[Any, ...]:
    """Return what was given one by one; refuse a single number.

    Raises
    ------
    TypeError
        In three parts.
    """
    if not isinstance(given, Iterable) or isinstance(given, str):
        raise TypeError(
            f"`{argument}` must be several numbers. Accepted is a list such as [8, 80]; received {given!r}."
        )
    return tuple(given)


def _whole_numbers(n_labels: Iterable[int]) -> list[int]:
    counts = list(n_labels)
    for count in counts:
        check_count("n_labels", count)
    if not counts:
        raise ValueError("`n_labels` must be at least one number; received none.")
    return sorted(set(map(int, counts)))


def labelled(labels: NDArray[np.str_], n: int, seed: int) -> NDArray[np.intp]:
    """Draw images to be learnt from, as many of each category as may be; fewer are the first of more.

    Examples
    --------
    >>> labels = np.array(["cat", "cat", "cat", "dog", "dog", "dog"])
    >>> sorted(labels[labelled(labels, 4, 0)].tolist())
    ['cat', 'cat', 'dog', 'dog']
    """
    rng = np.random.default_rng(seed)
    of_each = [rng.permutation(np.flatnonzero(labels == category)) for category in np.unique(labels)]
    turns = [(turn, place, int(row)) for place, rows in enumerate(of_each) for turn, row in enumerate(rows)]
    return np.array([row for _, _, row in sorted(turns)[:n]], np.intp)


def _go(
    made: Transfer,
    model: GoalDrivenModel,
    weights: Weights,
    learnt: StimulusSet,
    held_out: StimulusSet,
    rule: Backpropagation,
) -> None:
    try:
        for key in _keys(made):
            if made.to_stop.is_set():
                break
            if key in made.by_key:
                continue
            made.under_way = key
            row = _one(made, model, weights, learnt, held_out, rule, key)
            made.run = None
            if row is not None:
                made.add(row)
        made.end("stopped" if made.to_stop.is_set() else "finished")
    except Exception as error:  # nobody waits for this thread: whoever looks must read it
        made.end("failed", f"{type(error).__name__}: {error}")
    finally:
        made.under_way = made.run = None


def _keys(made: Transfer) -> Iterator[tuple[str, int, int]]:
    """Yield way, number of labels and seed: whole curves of the first seed first."""
    for seed in made.settings["seeds"]:
        for n_labels in made.n_labels:
            for way in made.ways:
                yield way, n_labels, seed


def _one(
    made: Transfer,
    model: GoalDrivenModel,
    weights: Weights,
    learnt: StimulusSet,
    held_out: StimulusSet,
    rule: Backpropagation,
    key: tuple[str, int, int],
) -> TransferRow | None:
    """Train and score one network; what goes wrong is a row with its error, what is stopped is none."""
    (name, n_labels, seed), began = key, time.perf_counter()
    try:
        way, shown = WAYS[name], learnt.select(labelled(learnt.labels, n_labels, seed))  # type: ignore[arg-type]
        network = carried_over(model, way, made.freeze_at, weights, made.settings["categories"], rule, seed)
        if way.frozen and not way.takes_over:
            settle_statistics(network, learnt, made.freeze_at)
        a_pass = -(-n_labels // min(rule.batch_size, n_labels))
        made.run = run = network.train(shown, validation=None, epochs=made.settings["n_steps"] / a_pass, seed=seed)
        if made.to_stop.is_set():  # asked for before there was a run to be stopped
            run.stop()
        run.control.over.wait()
        if made.to_stop.is_set():
            return None
        if run.state != "finished":
            raise RuntimeError(f"the training ended as {run.state!r}: {run.state_message}")
        return TransferRow(name, n_labels, seed, _right(network, held_out), time.perf_counter() - began)
    except Exception as error:  # whatever a network ends with
        words = f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
        return TransferRow(name, n_labels, seed, seconds=time.perf_counter() - began, error=words)


def _right(model: GoalDrivenModel, held_out: StimulusSet) -> NDArray[np.bool_]:
    """Return whether each held-out image is told rightly, (n_held_out,)."""
    assert model.goal is not None
    images, targets = held_out.images, model.goal.targets(held_out, model.categories)
    chosen = [
        keras.ops.convert_to_numpy(
            model.network(model.pixels.applied(images[first : first + AT_ONCE]), training=False)
        ).argmax(axis=1)
        for first in range(0, len(images), AT_ONCE)
    ]
    right: NDArray[np.bool_] = np.concatenate(chosen) == targets
    return right
