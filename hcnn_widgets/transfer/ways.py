"""The ways of learning new categories, by what becomes of the layers up to the freeze line."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """What a network begins with up to the freeze line, and whether that part learns; what lies above is drawn anew.

    Parameters
    ----------
    words : str
        What it is, in a few words.
    takes_over : bool
        Whether the layers up to the line have the weights of the trained network; else they are drawn anew.
    frozen : bool
        Whether they stay as they are, bit for bit.
    is_control : bool
        Whether it is what the others are measured by: nothing of it has been trained before.
    """

    words: str
    takes_over: bool
    frozen: bool
    is_control: bool = False


WAYS = {
    "frozen": Way("trained layers up to the line stay as they are", True, True),
    "fine-tuned": Way("trained layers up to the line learn on", True, False),
    "from scratch": Way("all layers are drawn anew and learn", False, False, is_control=True),
    "frozen untrained": Way("layers up to the line are drawn anew and stay as they are", False, True, is_control=True),
}
"""Name -> way. Yosinski, Clune, Bengio & Lipson (2014), How transferable are features in deep neural networks?"""
