"""Eight boats: a cut ellipsoid for a hull, prisms for sails, boxes and rods for cabins, masts and funnels."""

from collections.abc import Sequence
from itertools import product

from hcnn_widgets.stimuli.rendering.solids import Solid, box, ellipsoid, prism, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)
GLASS = 0.06
"""Albedo of windows."""


def hull(length: float, depth: float, width: float, tone: float, deck: float) -> Solids:
    """Build a hull with its deck at height 0, the bow to the right."""
    return [
        ellipsoid((0, 0.02, 0), (length, depth, width), tone, cut=[(0, 1, 0, 0), (-1, 0, 0, 0.85 * length)]),
        ellipsoid((0, 0.04, 0), (0.93 * length, 0.05, 0.86 * width), deck, cut=(-1, 0, 0, 0.8 * length)),
    ]


def sail(corners: Sequence[tuple[float, float]], tone: float = 0.97) -> Solid:
    """Build a thin sail in the plane of the keel, corners counterclockwise."""
    return prism(corners, 0.025, albedo=tone)


def sailboat() -> Solids:
    """Build a sloop: one mast, mainsail and jib."""
    sails = [sail([(-0.75, 0.22), (0.08, 0.22), (0.08, 1.6)]), sail([(0.16, 0.22), (0.9, 0.15), (0.16, 1.35)], 0.85)]
    return [*hull(0.95, 0.36, 0.28, 0.2, 0.6), rod((0.12, 0, 0), (0.12, 1.65, 0), 0.04, 0.3), *sails]


def yawl() -> Solids:
    """Build a dark-sailed boat of two masts."""
    sails = [
        sail([(-0.4, 0.2), (0.2, 0.2), (0.2, 1.35)], 0.15),
        sail([(-0.95, 0.25), (-0.55, 0.25), (-0.55, 0.95)], 0.15),
    ]
    sails.append(sail([(0.28, 0.2), (0.95, 0.12), (0.28, 1.15)], 0.15))
    return [
        *hull(1, 0.34, 0.28, 0.9, 0.5),
        *sails,
        *(rod((x, 0, 0), (x, y, 0), 0.035, 0.7) for x, y in ((0.24, 1.4), (-0.51, 1))),
    ]


def galleon() -> Solids:
    """Build a ship of three masts with square sails and high ends."""
    solids = hull(1, 0.45, 0.3, 0.25, 0.5)
    solids += [box((-0.7, 0.14, 0), (0.2, 0.18, 0.22), 0.3), box((0.66, 0.08, 0), (0.16, 0.1, 0.16), 0.3)]
    for x, top in ((-0.5, 1.0), (0.02, 1.25), (0.5, 1.05)):
        solids += [rod((x, 0, 0), (x, top + 0.1, 0), 0.035, 0.2)]
        solids += [
            box((x + 0.06, y * top, 0), (0.025, 0.19 * top, w), 0.95, rotation(y=-25))
            for y, w in ((0.36, 0.34), (0.8, 0.26))
        ]
    return [*solids, rod((0.8, 0.1, 0), (1.3, 0.4, 0), 0.035, 0.2)]


def rowing_boat() -> Solids:
    """Build an open boat with dark inside, light thwarts and two oars."""
    shell = hull(0.95, 0.42, 0.42, 0.85, 0.08)
    thwarts = [box((x, 0.07, 0), (0.08, 0.04, 0.36), 0.8) for x in (-0.45, 0, 0.45)]
    oars = [rod((0, 0.1, 0.3 * s), (-0.5, -0.25, 1.05 * s), 0.045, 0.95) for s in SIDES]
    return [*shell, *thwarts, *oars]


def ferry() -> Solids:
    """Build a white liner with three decks and two funnels."""
    decks = [
        box((-0.05 - 0.06 * k, 0.12 + 0.19 * k, 0), (0.72 - 0.14 * k, 0.09, 0.24 - 0.03 * k), 0.95) for k in range(3)
    ]
    lines = [
        box((-0.05 - 0.06 * k, 0.13 + 0.19 * k, 0), (0.69 - 0.14 * k, 0.03, 0.25 - 0.03 * k), GLASS) for k in range(3)
    ]
    funnels = [rod((x, 0.5, 0), (x - 0.06, 0.92, 0), 0.11, 0.3) for x in (-0.35, 0.08)]
    return [*hull(1, 0.36, 0.27, 0.1, 0.7), *decks, *lines, *funnels]


def trawler() -> Solids:
    """Build a fishing boat: a cabin forward, a mast and two booms."""
    cabin = [box((0.3, 0.28, 0), (0.24, 0.26, 0.2), 0.95), box((0.32, 0.38, 0), (0.25, 0.08, 0.17), GLASS)]
    rods = [((-0.15, 0, 0), (-0.15, 1.15, 0)), ((-0.15, 0.3, 0), (-0.85, 0.95, 0)), ((-0.15, 1.1, 0), (0.8, 0.1, 0))]
    return [*hull(0.92, 0.48, 0.36, 0.35, 0.55), *cabin, *(rod(a, b, 0.045, 0.15) for a, b in rods)]


def tug() -> Solids:
    """Build a tug: short and deep, with a tall wheelhouse and a striped funnel."""
    house = [box((0.1, 0.2, 0), (0.4, 0.18, 0.26), 0.6), box((0.22, 0.55, 0), (0.2, 0.2, 0.2), 0.95)]
    house += [box((0.24, 0.6, 0), (0.2, 0.08, 0.17), GLASS), rod((-0.2, 0.3, 0), (-0.24, 0.95, 0), 0.15, 0.12)]
    house += [rod((-0.22, 0.62, 0), (-0.23, 0.78, 0), 0.16, 0.9)]
    return [*hull(0.82, 0.55, 0.4, 0.12, 0.45), *house]


def container_ship() -> Solids:
    """Build a ship full of boxes, the bridge aft."""
    tones = (0.8, 0.3, 0.6, 0.95, 0.15, 0.7)
    stacks = [
        box((x, y, 0), (0.15, 0.11, 0.2), tone)
        for (x, y), tone in zip(product((-0.3, 0.04, 0.38), (0.15, 0.38)), tones, strict=True)
    ]
    bridge = [box((-0.7, 0.36, 0), (0.12, 0.36, 0.22), 0.97), box((-0.68, 0.58, 0), (0.12, 0.05, 0.23), GLASS)]
    return [*hull(1.05, 0.4, 0.27, 0.22, 0.4), *stacks, *bridge]


BOATS = {shape.__name__: shape for shape in (container_ship, ferry, galleon, rowing_boat, sailboat, trawler, tug, yawl)}
