"""What tests of goals with architectures and rules share: few and small images, sequences, steps one by one."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import hcnn_widgets as hw


@pytest.fixture(scope="session")
def objects() -> hw.StimulusSet:
    return hw.stimuli.objects(16, size=16, cache=False)


@pytest.fixture(scope="session")
def sequences() -> dict[str, hw.stimuli.SequenceSet]:
    """Return the stimuli of goals that are about time."""
    return {"delayed match": hw.stimuli.delayed_match(n=16, delay=1), "next frame": hw.stimuli.moving_digits(16, 3)}
