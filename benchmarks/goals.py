"""What a network's goal does to its areas: each goal on new images, and its areas against V4 and IT, over seeds.

    python benchmarks/goals.py [--images 6000] [--new 1200] [--epochs 10] [--seeds 3] [--units 512] [--goals size ...]

Segmentation and reconstruction have the same trunk as the others, with a decoder. Differences are from the goal
category and from the untrained network. `against_brains.py` says what is scored how.
"""

import argparse
from functools import partial

import against_brains

import hcnn_widgets as hw
from hcnn_widgets.goal import GOALS

FIRST = "categorization"


def built(goal: str, seed: int) -> hw.GoalDrivenModel:
    return hw.GoalDrivenModel(against_brains.spec(), GOALS[goal](), seed=seed)


def untrained(seed: int) -> hw.GoalDrivenModel:
    model = built(FIRST, seed)
    model.build(model.goal.units(hw.stimuli.objects(64, size=against_brains.SIDE)))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    against_brains.options(parser)
    parser.add_argument("--goals", nargs="+", help="by default all that rendered objects can be trained for")
    chosen = parser.parse_args()
    some = against_brains.pictures(64, 64)[0]
    fitting = [goal for goal in GOALS if goal not in ("several", "partly labelled") and not GOALS[goal]().refusal(some)]
    made = {"untrained": untrained, **{goal: partial(built, goal) for goal in chosen.goals or fitting}}
    against_brains.table(made, chosen, ("untrained", FIRST))


if __name__ == "__main__":
    main()
