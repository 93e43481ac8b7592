"""Eight planes, built of a fuselage, wings, a tail, engines, wheels and floats."""

from hcnn_widgets.stimuli.rendering.solids import Solid, box, ellipsoid, prism, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)
GLASS = 0.06
"""Albedo of windows."""


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


PLANES = {
    shape.__name__: shape
    for shape in (airliner, biplane, bomber, delta_fighter, glider, jet_fighter, propeller_plane, seaplane)
}
