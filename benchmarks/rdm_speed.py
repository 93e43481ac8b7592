"""What an RDM costs: 1 - Pearson r between 2,000 patterns of 4,096 channels, beside rsatoolbox and the bare product.

    python benchmarks/rdm_speed.py [--stimuli 2000] [--channels 4096] [--repeats 5]

The bare product is NumPy's `x @ x.T` in float64, of which only one triangle is computed. Medians count.
"""

import argparse
import warnings

import numpy as np
from rsatoolbox_beside import in_turn, print_versions, rsatoolbox

from hcnn_widgets.mapping import rdm


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stimuli", type=int, default=2000)
    parser.add_argument("--channels", type=int, default=4096)
    parser.add_argument("--repeats", type=int, default=5)
    choices = parser.parse_args()
    toolbox = rsatoolbox()
    warnings.simplefilter("ignore")
    print_versions()
    patterns = np.random.default_rng(0).normal(size=(choices.stimuli, choices.channels))
    data = toolbox.data.Dataset(patterns)
    seconds, results = in_turn(
        {
            "product": lambda: patterns @ patterns.T,
            "ours": lambda: rdm(patterns).vector,
            "rsatoolbox": lambda: toolbox.rdm.calc_rdm(data, "correlation").get_vectors()[0],
        },
        choices.repeats,
    )
    apart = np.abs(results["ours"] - results["rsatoolbox"]).max()
    print(
        f"correlation RDM of {choices.stimuli:,} x {choices.channels:,}: {seconds['ours']:.3f} s; rsatoolbox "
        f"{seconds['rsatoolbox']:.2f} s, {seconds['rsatoolbox'] / seconds['ours']:.0f} times as long; the product "
        f"alone {seconds['product']:.3f} s, ours {seconds['ours'] / seconds['product']:.2f} times that; largest "
        f"difference {apart:.1e} (medians of {choices.repeats})"
    )


if __name__ == "__main__":
    main()
