"""Few and small images, and a brain area made of formulas: enough for a sweep to run on."""

import pytest

import hcnn_widgets as hw


@pytest.fixture(scope="session")
def images() -> hw.StimulusSet:
    return hw.stimuli.objects(80, size=16, seed=0)


@pytest.fixture(scope="session")
def recordings() -> hw.RecordingSet:
    return hw.mapping.simulated_cortex(hw.stimuli.objects(48, size=16, seed=5), n_sites=6, seed=0)["V4"]


@pytest.fixture(scope="session")
def small() -> hw.sweeps.Space:
    return hw.sweeps.Space(depths=(1, 2), n_kernels=(4, 8), kernel_sizes=(3,))
