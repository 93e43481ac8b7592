"""What tau_A of two RDMs costs beside rsatoolbox: 1,000 stimuli, 499,500 dissimilarities.

    python benchmarks/tau_a_speed.py [--stimuli 1000] [--repeats 9]

The RDMs correlate at about 0.7; ranks are worked out anew each time. Medians count.
"""

import argparse
import warnings

import numpy as np
from rsatoolbox_beside import in_turn, print_versions, rsatoolbox

from hcnn_widgets.mapping import compare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stimuli", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=9)
    choices = parser.parse_args()
    toolbox = rsatoolbox()
    warnings.simplefilter("ignore")
    print_versions()
    rng = np.random.default_rng(0)
    k = choices.stimuli * (choices.stimuli - 1) // 2
    a = rng.normal(size=k)
    b = a + rng.normal(size=k)
    theirs = [toolbox.rdm.RDMs(vector[np.newaxis]) for vector in (a, b)]
    seconds, results = in_turn(
        {
            "ours": lambda: compare(a, b, "tau_a"),
            "rsatoolbox": lambda: float(toolbox.rdm.compare(*theirs, method="tau-a")[0, 0]),
        },
        choices.repeats,
    )
    print(
        f"tau_A of {k:,} dissimilarities: {1e3 * seconds['ours']:.1f} ms; rsatoolbox {1e3 * seconds['rsatoolbox']:.1f} "
        f"ms; ours takes {seconds['ours'] / seconds['rsatoolbox']:.2f} of its time; difference "
        f"{abs(results['ours'] - results['rsatoolbox']):.1e} (medians of {choices.repeats})"
    )


if __name__ == "__main__":
    main()
