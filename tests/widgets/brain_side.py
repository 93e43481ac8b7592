"""Recordings to small images, and activations that predict them, for the tests of panels of scores."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from hcnn_widgets.activations.activation_set import ActivationSet
from hcnn_widgets.mapping.live.score_table import ScoreTable
from hcnn_widgets.mapping.live.site_detail import SiteDetail
from hcnn_widgets.mapping.prediction.tables.layer_area_table import LayerAreaMatch
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.stimuli.stimulus_set import StimulusSet
from hcnn_widgets.widgets.predictivity.predictivity_explorer import PredictivityExplorer

CATEGORIES = np.array(["dog", "cat", "car"])


def stimuli(n_stimuli: int = 48) -> StimulusSet:
    """Give random images of three categories, in the order of no alphabet."""
    images = np.random.default_rng(7).random((n_stimuli, 8, 8, 1), dtype=np.float32)
    ids = [f"image{(17 * i) % n_stimuli:02d}" for i in range(n_stimuli)]
    return StimulusSet(images, np.array(ids), labels=CATEGORIES[np.arange(n_stimuli) % 3])


def features(shown: StimulusSet) -> np.ndarray:
    """Give what the recordings depend on, (n_stimuli, 8)."""
    return shown.images.reshape(len(shown), -1)[:, :8]


def recordings(
    area: str = "V4", n_sites: int = 5, n_trials: int = 4, seed: int = 0, shown: StimulusSet | None = None, **about: Any
) -> RecordingSet:
    """Give noisy responses that depend linearly on some pixels."""
    shown, rng = shown if shown is not None else stimuli(), np.random.default_rng(seed)
    signal = features(shown) @ rng.normal(size=(8, n_sites))
    responses = 10 + 3 * (signal + 0.2 * rng.normal(size=(n_trials, *signal.shape)))
    known = {"labels": shown.labels, "stimuli": shown, "source": "made up"} | about
    return RecordingSet(responses, shown.stimulus_ids, area=area, **known)


def activations(shown: StimulusSet | None = None) -> ActivationSet:
    """Give one area that knows nothing, and one that knows what the recordings depend on."""
    shown = shown if shown is not None else stimuli()
    noise = np.random.default_rng(3).normal(size=(len(shown), 8))
    return ActivationSet({"noise": noise, "right": features(shown)}, shown.stimulus_ids)


def table(step: int = 100, brains: int = 1, n_sites: int = 4, n_stimuli: int = 9, **changes: Any) -> ScoreTable:
    """Give a live table of scores with its details, of ``brains`` brain areas and two model areas."""
    ids = np.sort(stimuli().stimulus_ids)[:n_stimuli]
    rng = np.random.default_rng(step)

    def detail() -> SiteDetail:
        recorded, predicted = rng.normal(size=(2, n_stimuli, n_sites)).astype(np.float32)
        sites = np.array([f"V4-{site:04d}" for site in range(n_sites)])
        return SiteDetail(ids, sites, recorded, predicted, rng.uniform(0, 0.9, n_sites))

    shape = (brains, 2)
    parts: dict[str, Any] = {
        "step": step,
        "model_areas": ("V1", "V2"),
        "brain_areas": ("V4", "IT", "V1")[:brains],
        "value": np.full(shape, (0.4, 0.5)),
        "error": np.full(shape, 0.02),
        "untrained": np.full(shape, 0.3),
        "ceiling": np.full(brains, 0.8),
        "reliability": np.full(brains, 0.64),
        "n_reliability": np.full(brains, 100),
        "pixels": np.full(brains, 0.26),
        "n_stimuli": n_stimuli,
        "convention": "median r",
        "simulated": (False, True, False)[:brains],
        "source": "Cowley 2023",
        "details": tuple(tuple(detail() for _ in range(2)) for _ in range(brains)),
    }
    return ScoreTable(**(parts | changes))


def live_score(*brains: RecordingSet) -> SimpleNamespace:
    """Give what stands in for a live score: its ``latest`` is set by hand."""
    return SimpleNamespace(latest=None, error=None, alive=True, recordings=brains or (recordings(),))


class StandInModel:
    """A model whose areas see pixels; what it was asked to record is noted."""

    areas = ("noise", "right")

    def __init__(self, trained: bool = True) -> None:
        self.trained, self.recorded, self.run = trained, [], None
        self.n_untrained = 0

    def record(self, shown: StimulusSet, units: int) -> ActivationSet:
        self.recorded.append((len(shown), units))
        seen = activations(shown)
        return seen if self.trained else ActivationSet(dict.fromkeys(self.areas, seen["noise"]), seen.stimulus_ids)

    def untrained(self) -> "StandInModel":
        self.n_untrained += 1
        return StandInModel(trained=False)


def a_match(**changes: Any) -> LayerAreaMatch:
    """Give a match of two brain areas with three model areas."""
    parts: dict[str, Any] = {
        "model_areas": ("V1", "V2", "IT"),
        "brain_areas": ("V4", "IT"),
        "choosing": [[0.2, 0.5, 0.3], [0.1, 0.2, 0.7]],
        "choosing_error": np.full((2, 3), 0.03),
        "reporting": [[0.3, 0.4, 0.2], [-0.1, 0.2, 0.6]],
        "reporting_error": np.full((2, 3), 0.02),
        "reliability": np.array([0.64, np.nan]),
        "n_sites": np.array([12, 8]),
        "n_choosing": np.array([50, 30]),
        "n_reporting": np.array([50, 31]),
        "simulated": (False, True),
        "convention": "median r",
        "notes": ("V4: one trial per stimulus: no ceiling", "IT: the recordings are simulated"),
        "source": "made up",
    }
    parts |= changes
    for name in ("choosing", "reporting"):
        parts[name] = np.asarray(parts[name], np.float64)
    return LayerAreaMatch(**parts)


def all_scored(explorer: Any, ticker: Any) -> None:
    """Let the scores of arrays be computed, and the panel take them up; the page answers every frame."""
    if explorer.panel._at_rest is not None:
        assert explorer.panel._at_rest.wait(30)
    explorer.panel._gate.acknowledged(explorer.panel.sequence)
    ticker.round()


def choose(page: Any, explorer: Any, brain: int = 0, model: int = 1, site: int = -1) -> None:
    """Choose a bar and a site as the page does."""
    page.say(explorer.panel, kind="choose", brain=brain, model=model, site=site)
    explorer.panel._ticker.round()


def explorer_of(source: Any = None, brains: Any = None, *, ticker: Any, **options: Any) -> PredictivityExplorer:
    """Give an explorer of arrays whose scores are there."""
    explorer = PredictivityExplorer(source or activations(), brains or recordings(), ticker=ticker, **options)
    all_scored(explorer, ticker)
    return explorer
