"""Eight cars: a body and a cabin drawn from the side, on wheels."""

from collections.abc import Sequence

from hcnn_widgets.stimuli.rendering.solids import Solid, box, ellipsoid, prism, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)
GLASS = 0.06
"""Albedo of windows."""


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
    """Build a jeep: square, high on large wheels, a spare wheel behind."""
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


CARS = {shape.__name__: shape for shape in (beetle, convertible, hatchback, jeep, pickup, sedan, sports_car, van)}
