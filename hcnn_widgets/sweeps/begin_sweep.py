"""Begin a sweep: what came is checked, networks are drawn, and handed out to processes."""

import os
import threading
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.records.checks import check_count, check_kind, check_seed
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.records.log import logger
from hcnn_widgets.stimuli.stimulus_set import StimulusSet

from .one_network import Task, in_process
from .running_sweep import Sweep
from .space import Space
from .sweep_folder import SweepFolder

_log = logger("sweeps")
HELD_OUT = 0.2
UNITS = 512
MOST_BREAKS = 3
"""How often processes that die are replaced before the sweep is given up."""


@checks_keywords
def sweep(
    images: StimulusSet,
    recordings: RecordingSet,
    space: Space | None = None,
    *,
    n: int = 24,
    epochs: float = 6,
    seed: int = 0,
    folder: "str | os.PathLike[str] | None" = None,
    n_jobs: int | None = None,
    units: int = UNITS,
) -> Sweep:
    """Begin to draw networks, train each briefly, and score how well it predicts a brain area; return at once.

    Each network is trained on four fifths of the images, for categorisation by backpropagation unless the space says
    otherwise, and its accuracy measured on the rest. Its best model area is chosen on one half of the recorded images
    and scored on the other. An untrained twin is scored
    beside it: with the readout of a ridge classifier, and by the same maps.

    Networks run in processes of this machine, by joblib. Within ``joblib.parallel_config(backend="dask")`` they run on
    a Dask cluster.

    Parameters
    ----------
    images : StimulusSet
        With labels.
    recordings : RecordingSet
        Of one brain area, with stimuli.
    space : Space, optional
        What networks are drawn from.
    n : int
        Networks. A dozen gives an r of anything from .25 to .9; 24 is the least to look at, 48 is better.
    epochs : float
        Passes through the images, each network.
    seed : int
        Of the draws, initial weights and halves.
    folder : path, optional
        Where rows and networks are kept as they come: one with rows of the same settings is gone on from.
    n_jobs : int, optional
        Processes; by default as many as there are cores.
    units : int
        Of each area, drawn at random, that the maps are fitted on.

    Raises
    ------
    TypeError, ValueError
        If images have no labels, recordings no stimuli, or the folder holds something else.
    """
    task, settings, space = _checked(images, recordings, space or Space(), n, epochs, seed, units)
    kept = None if folder is None else SweepFolder(folder, settings)
    made = Sweep(n, settings, None if kept is None else kept.path.resolve())
    for row in kept.rows() if kept is not None else ():
        if row.number < n:
            made.add(row)
    _log.info("a sweep begins: %d networks, %d of which were kept", n, len(made.rows))
    shape = images.image_shape
    drawn = {number: (space.draw(number, shape, seed), *space.choices(number, seed)) for number in range(n)}
    parallel = _parallel(n_jobs)  # made here: what parallel_config says is this thread's
    work = threading.Thread(
        target=_run, args=(made, parallel, task, drawn, kept), name="hcnn_widgets sweep", daemon=True
    )
    work.start()
    return made


def _checked(
    images: Any, recordings: Any, space: Space, n: int, epochs: float, seed: int, units: int
) -> tuple[Any, dict[str, Any], Space]:
    check_kind("images", images, StimulusSet)
    check_kind("recordings", recordings, RecordingSet)
    check_kind("space", space, Space)
    check_count("n", n)
    check_count("units", units)
    check_seed(seed)
    if images.labels is None:
        raise ValueError(f"`images` must have labels, which the networks are trained for; received {images!r}.")
    if recordings.stimuli is None:
        raise ValueError(f"`recordings` must have stimuli, which the networks are shown; received {recordings!r}.")
    learnt, held_out = images.split(HELD_OUT, seed=seed)
    settings = {
        "space": space.plain(),
        "images": {"n": len(images), "shape": list(images.image_shape), "first": str(images.stimulus_ids[0])},
        "recordings": f"{recordings.area}, {recordings.source}"[:200],
        "area": f"{recordings.area} (simulated)" if recordings.simulated else recordings.area,
        "epochs": epochs,
        "seed": seed,
        "units": units,
    }
    settings |= {"by_readout": True} if space.by_readout else {}
    return Task(learnt, held_out, recordings, epochs, units, seed, space.by_readout), settings, space


def _parallel(n_jobs: int | None) -> Any:
    import joblib

    return joblib.Parallel(
        n_jobs=n_jobs or joblib.cpu_count(), return_as="generator_unordered", pre_dispatch="2*n_jobs"
    )


def _run(made: Sweep, parallel: Any, task: Any, drawn: Mapping[int, Any], kept: SweepFolder | None) -> None:
    """Hand out what is missing until all is there; processes that die are replaced a few times."""
    # joblib replaces a process that has grown and hands its networks to the next one: nothing that a reader can mend.
    warnings.filterwarnings("ignore", "A worker stopped while some jobs were given", UserWarning)
    breaks, message = 0, ""
    while breaks < MOST_BREAKS and not made.to_stop.is_set():
        missing = [number for number in drawn if ("", number) not in made.by_number]
        if not missing:
            break
        try:
            _hand_out(made, parallel, task, {number: drawn[number] for number in missing}, kept)
        except Exception as error:  # a process was killed, a cluster has gone, a disk is full
            breaks, message = breaks + 1, f"{type(error).__name__}: {error}"
    over = len(made.rows) == made.n
    made.end("finished" if over else "stopped" if made.to_stop.is_set() else "failed", "" if over else message)


def _hand_out(made: Sweep, parallel: Any, task: Any, drawn: Mapping[int, Any], kept: SweepFolder | None) -> None:
    import joblib

    where = None if kept is None else str(kept.path.resolve())
    calls: Callable[..., Any] = joblib.delayed(in_process)
    rows = parallel(
        calls(task, number, options, where, goal, rule) for number, (options, goal, rule) in _until(drawn, made.to_stop)
    )
    for row in rows:
        made.add(row)
        if row.error:
            _log.warning("network %d of a sweep is left out: %s", row.number, row.error)
        if kept is not None:
            kept.keep(row, made.rows)


def _until(drawn: Mapping[int, Any], stop: threading.Event) -> Iterable[tuple[int, Any]]:
    for number, options in drawn.items():
        if stop.is_set():
            return
        yield number, options
