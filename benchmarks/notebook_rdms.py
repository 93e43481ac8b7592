"""What the first notebook's model reaches on the 92 images: tau_A of every area with human IT, others', the ceiling.

    python benchmarks/notebook_rdms.py [--seeds 3]

Mean over the four subjects; beside each trained area the untrained one. Needs the RDMs of Kriegeskorte et al. (2008): a
network, or the folder that HCNN_WIDGETS_DATA names.
"""

import argparse
from typing import Any

import numpy as np

import hcnn_widgets as hw

BRAIN = hw.mapping.kriegeskorte2008()


def rdms_of(model: Any, after: str = "") -> dict[str, Any]:
    """Return the RDM of each area, by correlation distance."""
    activations = model.record(BRAIN.stimuli)
    return {f"{area}{after}": hw.mapping.rdm(activations, area=area) for area in activations.areas}


def compared(model: Any) -> tuple[dict[str, tuple[float, float]], hw.mapping.RdmInference]:
    """Compare a model's areas, trained and untrained, with human IT: area -> both tau_A, and the tests."""
    found = hw.mapping.rdm_inference({**rdms_of(model), **rdms_of(model.untrained(), "'")}, BRAIN.human_it_rdms)
    values = dict(zip(found.names, found.values.tolist(), strict=True))
    return {area: (values[area], values[f"{area}'"]) for area in model.areas}, found


def in_words(areas: dict[str, tuple[float, float]]) -> str:
    """Write trained values by area, with untrained ones in brackets."""
    return ", ".join(f"{area} {now:.3f} ({before:.3f})" for area, (now, before) in areas.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    seeds = range(parser.parse_args().seeds)
    others = {**BRAIN.model_rdms, "grey pixels": hw.mapping.rdm(hw.mapping.pixels(BRAIN.stimuli, 64))}
    print(hw.mapping.rdm_inference(others, BRAIN.human_it_rdms))
    images = hw.stimuli.objects(n=8000, variation="medium", seed=0)
    tables, weighted = [], []
    for seed in seeds:
        model = hw.GoalDrivenModel(hw.architecture.hcnn(), seed=seed)
        run = model.train(images, seed=seed)
        run.join()
        table, found = compared(model)
        p = min(found.p_pairs[found.names.index(area), found.names.index(f"{area}'")] for area in model.areas)
        tables.append(table)
        weighted.append(hw.mapping.reweighted(rdms_of(model), BRAIN.human_it_rdms))
        accuracy = run.history.last("validation accuracy")
        print(f"seed {seed}: accuracy {accuracy:.3f}; trained (untrained) {in_words(table)}")
        print(f"  least p of a difference between trained and untrained {p:.2f}, {found.convention}")
        high = found.interval()[:, 1].max()
        print(
            f"  intervals end by {high:.3f}, the ceiling begins at {found.ceiling.lower:.3f}; layers together "
            f"{weighted[-1]}"
        )
    medians = {area: tuple(np.median([one[area] for one in tables], axis=0)) for area in tables[0]}
    print(f"median of {len(seeds)} seeds, trained (untrained): {in_words(medians)}")
    print(
        f"  layers weighted, on images that the weights do not know: {np.median([one.value for one in weighted]):.3f}"
    )


if __name__ == "__main__":
    main()
