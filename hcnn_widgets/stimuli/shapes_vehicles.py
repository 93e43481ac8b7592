"""Eight boats, eight cars and eight planes, built of prisms, rods and ellipsoids."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from hcnn_widgets.stimuli.solids import Solid, box, ellipsoid, prism, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)
GLASS = 0.06


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


def car(
    tone: float,
    body: Sequence[tuple[float, float]],
    cabin: Sequence[tuple[float, float]],
    width: float = 0.42,
    wheel: float = 0.22,
    base: float = 0.6,
) -> Solids:
    """Build a car that faces right.

    Parameters
    ----------
    tone : albedo of the body
    body : outline of the lower body seen from the side
    cabin : outline of the windows seen from the side, the roof laid on its top edge
    width : half width
    wheel : radius
    base : half the distance between the axles
    """
    roof_height = max(y for _, y in cabin)
    roof = [x for x, y in cabin if y > roof_height - 0.02]
    middle, half = (max(roof) + min(roof)) / 2, (max(roof) - min(roof)) / 2
    solids = [
        prism(body, width, albedo=tone),
        prism(cabin, 0.86 * width, albedo=GLASS),
        box((middle, roof_height + 0.01, 0), (half + 0.03, 0.045, 0.88 * width), tone),
        box(
            (middle, 0.5 * (roof_height + cabin[0][1]), 0),
            (0.04, 0.5 * (roof_height - cabin[0][1]), 0.88 * width),
            tone,
        ),
    ]
    front = max(x for x, _ in body)
    for side in SIDES:
        solids.append(ellipsoid((front - 0.02, 0.04, 0.7 * width * side), (0.06, 0.07, 0.1), 1.0))
        for x in (-base, base):
            start, end = (width - 0.14) * side, (width + 0.05) * side
            solids.append(rod((x, -0.18, start), (x, -0.18, end), wheel, 0.04))
    hubs = [rod((x, -0.18, -width - 0.07), (x, -0.18, width + 0.07), 0.5 * wheel, 0.8) for x in (-base, base)]
    return solids + hubs


LOW_BODY = [(-1, -0.2), (1, -0.2), (1, 0.08), (0.9, 0.16), (-0.97, 0.2), (-1, 0.1)]


def sedan() -> Solids:
    """Build a sedan: three boxes."""
    return car(0.75, LOW_BODY, [(-0.72, 0.17), (0.5, 0.17), (0.2, 0.5), (-0.42, 0.5)])


def hatchback() -> Solids:
    """Build a small car with a steep back."""
    return car(
        0.35,
        [(-0.8, -0.2), (0.85, -0.2), (0.85, 0.05), (0.75, 0.16), (-0.8, 0.22)],
        [(-0.76, 0.16), (0.5, 0.16), (0.15, 0.55), (-0.66, 0.55)],
        base=0.52,
    )


def van() -> Solids:
    """Build a van: one high box with a window in front."""
    solids = car(
        0.95,
        [(-1, -0.2), (0.95, -0.2), (0.95, 0.1), (0.8, 0.2), (-1, 0.2)],
        [(0.1, 0.2), (0.8, 0.2), (0.55, 0.68), (0.1, 0.68)],
    )
    return [*solids, box((-0.44, 0.25, 0), (0.56, 0.47, 0.42), 0.95)]


def pickup() -> Solids:
    """Build a pickup: a cabin before an open bed."""
    solids = car(
        0.55,
        [(-1.1, -0.18), (1.05, -0.18), (1.05, 0.1), (1, 0.18), (-1.1, 0.18)],
        [(-0.15, 0.17), (0.55, 0.17), (0.35, 0.56), (-0.1, 0.56)],
        wheel=0.25,
        base=0.66,
    )
    return [*solids, box((-0.64, 0.19, 0), (0.4, 0.02, 0.34), 0.05)]


def jeep() -> Solids:
    """Build a jeep: square, high on large wheels, a spare one behind."""
    solids = car(
        0.25,
        [(-0.85, -0.12), (0.85, -0.12), (0.85, 0.22), (-0.85, 0.22)],
        [(-0.8, 0.22), (0.3, 0.22), (0.2, 0.66), (-0.8, 0.66)],
        wheel=0.29,
        base=0.56,
    )
    return [*solids, rod((-0.85, 0.15, 0), (-1, 0.15, 0), 0.24, 0.05)]


def sports_car() -> Solids:
    """Build a flat wedge with a spoiler."""
    solids = car(
        0.12,
        [(-1, -0.2), (1.1, -0.2), (1.1, -0.08), (0.4, 0.13), (-1, 0.17)],
        [(-0.7, 0.13), (0.42, 0.1), (0.02, 0.38), (-0.35, 0.38)],
        width=0.46,
    )
    return [*solids, box((-0.95, 0.3, 0), (0.12, 0.03, 0.44), 0.12), box((-0.93, 0.22, 0), (0.04, 0.08, 0.3), 0.12)]


def convertible() -> Solids:
    """Build an open car: dark inside, light seats, a windscreen."""
    body = prism(LOW_BODY, 0.42, albedo=0.85)
    chassis = car(0.85, LOW_BODY, [(-0.5, 0.1), (0.2, 0.1), (0.2, 0.2), (-0.5, 0.2)])[4:]
    screen = prism([(0.32, 0.16), (0.38, 0.16), (0.22, 0.46), (0.16, 0.46)], 0.36, albedo=0.3)
    seats = [box((x, 0.3, 0), (0.07, 0.14, 0.3), 0.55, rotation(z=12)) for x in (-0.55, -0.12)]
    return [body, *chassis, box((-0.2, 0.17, 0), (0.5, 0.03, 0.34), 0.05), screen, *seats]


def beetle() -> Solids:
    """Build a round car: one dome on another."""
    dome = ellipsoid((-0.05, -0.05, 0), (1, 0.42, 0.4), 0.65, cut=(0, -1, 0, 0.13))
    roof = ellipsoid((-0.1, 0.2, 0), (0.58, 0.42, 0.36), GLASS)
    shell = ellipsoid((-0.12, 0.25, 0), (0.56, 0.44, 0.35), 0.65, cut=(0, -1, 0, -0.22))
    return [dome, roof, shell, *car(0.65, LOW_BODY, [(-0.3, 0.1), (0.1, 0.1), (0.1, 0.2), (-0.3, 0.2)])[4:]]


def wings(
    root: tuple[float, float], tip: tuple[float, float], span: float, y: float, tone: float, half_depth: float = 0.035
) -> Solids:
    """Build a pair of wings.

    Parameters
    ----------
    root, tip : x of the front and of the back edge, at the fuselage and at the tip
    span : from the middle to a tip
    y : height
    tone : albedo
    half_depth : half the wing's thickness
    """
    right = [(root[1], 0), (root[0], 0), (tip[0], span), (tip[1], span)]
    left = [(x, -z) for x, z in reversed(right)]
    return [prism(outline, half_depth, (0, y, 0), tone, rotation(x=90)) for outline in (right, left)]


def tail(x: float, height: float, tone: float, span: float = 0.36, y: float = 0.05) -> Solids:
    """Build a fin and a pair of stabilisers, the front of their roots at `x`."""
    fin = prism([(x - 0.28, 0.04), (x, 0.04), (x - 0.22, height), (x - 0.36, height)], 0.03, albedo=tone)
    return [fin, *wings((x, x - 0.22), (x - 0.18, x - 0.3), span, y, tone)]


def fuselage(length: float, radius: float, tone: float, cockpit: float = 0.6) -> Solids:
    """Build a fuselage with the nose to the right and a dark cockpit at `cockpit` of its half length."""
    dark = ellipsoid((cockpit * length, 0.62 * radius, 0), (0.16 * length, 0.55 * radius, 0.6 * radius), GLASS)
    return [ellipsoid((0, 0, 0), (length, radius, radius), tone), dark]


def airliner() -> Solids:
    """Build an airliner: swept wings, an engine under each."""
    engines = [rod((0.28, -0.13, 0.4 * s), (-0.04, -0.13, 0.4 * s), 0.09, 0.2) for s in SIDES]
    return [
        *fuselage(1.05, 0.16, 0.97, 0.82),
        *wings((0.3, -0.12), (-0.35, -0.5), 1.0, -0.05, 0.75),
        *tail(-0.68, 0.5, 0.35),
        *engines,
    ]


def bomber() -> Solids:
    """Build a dark plane with four propellers on straight wings."""
    engines = [rod((0.42, 0, z), (0.05, 0, z), 0.08, 0.12) for z in (-0.65, -0.33, 0.33, 0.65)]
    discs = [rod((0.44, 0, z), (0.46, 0, z), 0.17, 0.7) for z in (-0.65, -0.33, 0.33, 0.65)]
    return [
        *fuselage(0.95, 0.14, 0.25, 0.7),
        *wings((0.25, -0.12), (0.1, -0.1), 1.1, 0, 0.3),
        *tail(-0.65, 0.42, 0.3, 0.45),
        *engines,
        *discs,
    ]


def biplane() -> Solids:
    """Build a biplane: two wings, struts, wheels, a propeller."""
    decks = [*wings((0.4, 0.05), (0.4, 0.05), 0.85, 0.36, 0.9), *wings((0.35, 0), (0.35, 0), 0.8, -0.14, 0.9)]
    struts = [rod((x, -0.14, 0.6 * s), (x, 0.36, 0.6 * s), 0.03, 0.15) for x in (0.1, 0.32) for s in SIDES]
    wheels = [rod((0.35, -0.38, 0.2 * s - 0.04), (0.35, -0.38, 0.2 * s + 0.04), 0.13, 0.05) for s in SIDES]
    return [
        *fuselage(0.85, 0.16, 0.4, 0.2),
        *decks,
        *struts,
        *wheels,
        rod((0.84, 0, 0), (0.87, 0, 0), 0.3, 0.75),
        *tail(-0.55, 0.32, 0.9),
    ]


def delta_fighter() -> Solids:
    """Build a fighter with one triangular wing and a tall fin."""
    nozzle = rod((-0.75, 0, 0), (-0.98, 0, 0), 0.13, 0.05)
    fin = prism([(-0.85, 0.05), (-0.2, 0.05), (-0.72, 0.55), (-0.92, 0.55)], 0.03, albedo=0.6)
    return [*fuselage(1.1, 0.16, 0.62, 0.5), *wings((0.35, -0.75), (-0.65, -0.8), 0.75, -0.02, 0.5), nozzle, fin]


def jet_fighter() -> Solids:
    """Build a fighter with two fins, swept wings and missiles at their tips."""
    fins = [
        prism([(-0.85, 0), (-0.45, 0), (-0.75, 0.42), (-0.92, 0.42)], 0.03, (0, 0.05, 0.2 * s), 0.2, rotation(x=12 * s))
        for s in SIDES
    ]
    missiles = [rod((0.05, -0.02, 0.72 * s), (-0.5, -0.02, 0.72 * s), 0.045, 0.95) for s in SIDES]
    body = [box((-0.3, -0.02, 0), (0.55, 0.1, 0.2), 0.25)]
    return [
        *fuselage(1.1, 0.14, 0.25, 0.45),
        *body,
        *wings((0.2, -0.4), (-0.2, -0.45), 0.72, 0, 0.3),
        *wings((-0.6, -0.9), (-0.82, -0.98), 0.45, 0, 0.3),
        *fins,
        *missiles,
    ]


def glider() -> Solids:
    """Build a glider: white, thin, with very long wings."""
    return [
        *fuselage(0.72, 0.11, 0.97, 0.5),
        *wings((0.2, -0.02), (0.1, 0), 1.35, 0.06, 0.97, 0.03),
        *tail(-0.48, 0.34, 0.97, 0.3, 0.3),
    ]


def propeller_plane() -> Solids:
    """Build a small plane: a high wing on struts, one propeller, wheels."""
    struts = [rod((0.15, -0.1, 0.12 * s), (0.15, 0.2, 0.6 * s), 0.03, 0.2) for s in SIDES]
    wheels = [rod((0.2, -0.36, 0.26 * s - 0.05), (0.2, -0.36, 0.26 * s + 0.05), 0.12, 0.05) for s in SIDES]
    cabin = [box((0.2, 0.1, 0), (0.24, 0.1, 0.15), GLASS), ellipsoid((0.2, -0.02, 0), (0.6, 0.18, 0.18), 0.8)]
    return [
        *fuselage(0.9, 0.13, 0.8),
        *cabin,
        *wings((0.4, 0.02), (0.36, 0.06), 1, 0.22, 0.6),
        *struts,
        *wheels,
        rod((0.9, 0, 0), (0.93, 0, 0), 0.28, 0.3),
        *tail(-0.6, 0.36, 0.6),
    ]


def seaplane() -> Solids:
    """Build a plane on two floats."""
    floats = [ellipsoid((0.1, -0.42, 0.36 * s), (0.7, 0.1, 0.11), 0.95) for s in SIDES]
    struts = [rod((x, -0.4, 0.36 * s), (x, 0, 0.2 * s), 0.03, 0.1) for x in (-0.15, 0.35) for s in SIDES]
    return [
        *fuselage(0.95, 0.17, 0.5, 0.45),
        *wings((0.38, 0), (0.3, 0), 1.05, 0.16, 0.2),
        *floats,
        *struts,
        rod((0.94, 0, 0), (0.97, 0, 0), 0.26, 0.8),
        *tail(-0.6, 0.42, 0.2),
    ]


BOATS = {shape.__name__: shape for shape in (container_ship, ferry, galleon, rowing_boat, sailboat, trawler, tug, yawl)}
CARS = {shape.__name__: shape for shape in (beetle, convertible, hatchback, jeep, pickup, sedan, sports_car, van)}
PLANES = {
    shape.__name__: shape
    for shape in (airliner, biplane, bomber, delta_fighter, glider, jet_fighter, propeller_plane, seaplane)
}
