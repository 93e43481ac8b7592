"""The numbers of rsatoolbox 0.3.2, and those that its 92-image data set gives."""

import numpy as np
import pytest

from hcnn_widgets.mapping import rdm, rdm_inference
from hcnn_widgets.mapping.similarity.comparison.compare import compare
from hcnn_widgets.mapping.similarity.comparison.rdm_ceiling import rdm_ceiling
from hcnn_widgets.mapping.similarity.rdms.rdm_checks import upper_triangle

THEIR_NAMES = {
    "tau_a": "tau-a",
    "tau_b": "tau-b",
    "rho_a": "rho-a",
    "spearman": "spearman",
    "pearson": "corr",
    "cosine": "cosine",
    "whitened_pearson": "corr_cov",
    "whitened_cosine": "cosine_cov",
}
TAU_A = {
    "animacy": 0.223028,
    "monkeyIT": 0.200864,
    "EVA": 0.166116,
    "FaceBodyManmadeNatobj": 0.136915,
    "HMAX": 0.107260,
    "Silhouette": 0.064688,
    "RADON": 0.025876,
    "V1": 0.017927,
}


@pytest.mark.parametrize("method", THEIR_NAMES)
def test_every_comparison_is_rsatoolboxs(rsatoolbox, method) -> None:
    values = [compare(rsatoolbox["model"], subject, method) for subject in rsatoolbox["subjects"]]
    assert values == pytest.approx(rsatoolbox["values"][THEIR_NAMES[method]], abs=1e-9)


@pytest.mark.parametrize("method", THEIR_NAMES)
def test_every_noise_ceiling_is_rsatoolboxs(rsatoolbox, method) -> None:
    ceiling = rdm_ceiling(rsatoolbox["subjects"], method)
    assert [ceiling.lower, ceiling.upper] == pytest.approx(rsatoolbox["values"][f"{THEIR_NAMES[method]}_nc"], abs=1e-9)


def test_the_rigorous_bound_is_the_published_one(rsatoolbox) -> None:
    bound = rdm_ceiling(rsatoolbox["subjects"]).bound
    assert bound == pytest.approx(rsatoolbox["values"]["tau-a_majority_bound"], abs=1e-12)


@pytest.mark.parametrize("distance", ["euclidean", "correlation", "mahalanobis", "crossnobis"])
def test_every_distance_is_rsatoolboxs(brainscore, rsatoolbox, distance) -> None:
    trials = brainscore["recordings"].responses[:, :12]
    vector = rdm(trials, distance, noise_precision="identity").vector
    assert vector[:5] == pytest.approx(rsatoolbox["values"][f"dist_{distance}_first5"], abs=1e-9)
    assert vector.sum() == pytest.approx(rsatoolbox["values"][f"dist_{distance}_sum"], abs=1e-9)


@pytest.mark.parametrize(
    ("method", "lower", "upper"),
    [
        ("tau_a", 0.25394387961007875, 0.4766544166964924),
        ("spearman", 0.3723132509024721, 0.6657209044705086),
        ("pearson", 0.3944099370598254, 0.6804132264274565),
    ],
)
def test_human_it_has_its_noise_ceilings(images92, method, lower, upper) -> None:
    ceiling = rdm_ceiling(images92.human_it_rdms, method)
    assert [ceiling.lower, ceiling.upper] == pytest.approx([lower, upper], abs=1e-9)
    assert np.isnan(ceiling.bound) if method != "tau_a" else ceiling.bound > ceiling.upper


def test_every_model_has_its_tau_a_with_human_it(images92) -> None:
    found = rdm_inference(images92.model_rdms, images92.human_it_rdms)
    assert dict(zip(found.names, found.values.tolist(), strict=True)) == pytest.approx(TAU_A, abs=1e-6)


def test_pixels_have_their_tau_a_with_human_it(images92) -> None:
    stimuli = images92.stimuli
    pixels = rdm(np.rint(stimuli.images * 255).reshape(92, -1), stimulus_ids=stimuli.stimulus_ids)
    values = [compare(pixels, subject) for subject in images92.human_it_rdms]
    assert np.mean(values) == pytest.approx(0.052585, abs=1e-6)


def test_monkey_and_human_agree_as_published(images92) -> None:
    human = upper_triangle(images92.human_it.mean(axis=(0, 1)))
    monkey = images92.monkey_it_rdm
    assert compare(monkey, human, "pearson") == pytest.approx(0.4912097961460493, abs=1e-9)
    assert compare(monkey, human, "spearman") == pytest.approx(0.43892380943522014, abs=1e-9)
