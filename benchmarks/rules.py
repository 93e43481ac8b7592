"""Every rule of RULES on the same objects: accuracy on new ones, and its areas against V4 and IT, over seeds.

    python benchmarks/rules.py [--images 6000] [--new 1200] [--epochs 10] [--seeds 3] [--units 512] [--rules oja ...]

The accuracy of rules without labels is that of a readout trained beside. Controls are the untrained network and random
filters that see white patches; differences are from both, and from backpropagation. `against_brains.py` says what is
scored how.
"""

import argparse
from functools import partial

import against_brains

import hcnn_widgets as hw
from hcnn_widgets.learning import RULES, Backpropagation, RandomWhitened

FIRST = "categorization"


def built(rule: str, seed: int) -> hw.GoalDrivenModel:
    return hw.GoalDrivenModel(against_brains.spec(), rule=RULES[rule](), seed=seed)


def untrained(seed: int) -> hw.GoalDrivenModel:
    model = built(Backpropagation.name, seed)
    model.build(model.goal.units(hw.stimuli.objects(64, size=against_brains.SIDE)))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    against_brains.options(parser)
    parser.add_argument("--rules", nargs="+", default=list(RULES))
    chosen = parser.parse_args()
    some = against_brains.pictures(64, 64)[0]
    fitting = [
        rule
        for rule in chosen.rules
        if getattr(RULES[rule], "of_sequences", False) or not hw.sweeps.Design("hcnn", FIRST, rule).refusal(some)
    ]
    made = {"untrained": untrained, **{rule: partial(built, rule) for rule in fitting}}
    against_brains.table(made, chosen, ("untrained", RandomWhitened.name, Backpropagation.name))


if __name__ == "__main__":
    main()
