"""Histories and scores by hand, so that no test of a panel needs a network."""

import numpy as np

from hcnn_widgets.in_time.delay_scores import DelayScores
from hcnn_widgets.in_time.histories import Histories
from hcnn_widgets.stimuli.sequences.sequence_set import SequenceSet

RNG = np.random.default_rng(0)
SAMPLES = np.array(["3", "1", "4", "3"])


def histories_by_hand() -> Histories:
    """Return four histories of three frames, and two networks, of which the second keeps nothing."""
    frames = RNG.uniform(0, 1, (4, 3, 6, 6, 1)).astype(np.float32)
    frames[:, 1:] = frames[0, 1:]
    sequences = SequenceSet(
        frames,
        labels=np.where(SAMPLES == "3", "same", "different"),
        latents={"sample": SAMPLES, "test": np.full(4, "3")},
        latent_units={"sample": "", "test": ""},
    )
    kept = RNG.uniform(0, 1, (3, 4, 5)).astype(np.float32)
    lost = kept.copy()
    lost[1:] = lost[1:, :1]
    return Histories(sequences, {"gated": {"V1": kept, "IT": kept[..., :3]}, "none": {"V1": lost, "IT": lost}})


def scores_by_hand() -> DelayScores:
    """Return who is right of 40 sequences at three delays: the first network mostly, the second half of the time."""
    right = np.arange(40) < np.array([[38], [36], [30]])
    return DelayScores({"gated": right, "none": np.broadcast_to(np.arange(40) % 2 == 0, (3, 40))}, (0, 2, 6), 2)
