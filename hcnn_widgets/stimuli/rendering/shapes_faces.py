"""Eight faces: a head of ellipsoids with different hair, skin and accessories."""

from hcnn_widgets.stimuli.rendering.solids import Solid, box, ellipsoid, rod, rotation

Solids = list[Solid]
SIDES = (-1, 1)


def face(width: float = 1.0, skin: float = 0.75, hair: float | None = 0.1, brow: float = 0.1) -> Solids:
    """Build a head that looks at the viewer; hair None leaves it bald."""
    x = 0.62 * width
    solids = [
        ellipsoid((0, 0, 0), (x, 0.85, 0.7), skin),
        ellipsoid((0, -0.45, 0.12), (0.72 * x, 0.48, 0.5), skin),
        rod((0, -0.6, -0.08), (0, -1.1, -0.12), 0.3, 0.85 * skin),
        ellipsoid((0, -0.06, 0.68), (0.09, 0.2, 0.15), skin),
        ellipsoid((0, -0.12, 0.76), (0.13, 0.09, 0.1), skin),
        ellipsoid((0, -0.47, 0.56), (0.24, 0.06, 0.1), 0.25 * skin),
    ]
    for side in SIDES:
        solids += [
            ellipsoid((0.26 * side, 0.12, 0.57), (0.15, 0.085, 0.09), min(1.0, 1.3 * skin + 0.15)),
            ellipsoid((0.26 * side, 0.12, 0.63), (0.07, 0.08, 0.06), 0.02),
            ellipsoid((0.27 * side, 0.3, 0.58), (0.18, 0.04, 0.1), brow, rotation(z=-8 * side)),
            ellipsoid((x * side, 0, -0.05), (0.08, 0.19, 0.13), skin),
        ]
    if hair is not None:
        solids.append(ellipsoid((0, 0.2, -0.14), (1.06 * x, 0.76, 0.72), hair))
    return solids


def bald() -> Solids:
    """Build a bald head."""
    return face(1.0, 0.7, None, 0.2)


def beard() -> Solids:
    """Build a dark face with a full beard."""
    return [*face(1.05, 0.5, 0.06, 0.04), ellipsoid((0, -0.62, 0.2), (0.47, 0.4, 0.47), 0.06)]


def bob() -> Solids:
    """Build a light face between two sides of dark hair."""
    return [*face(0.92, 0.9, 0.08), *(ellipsoid((0.58 * s, -0.2, -0.1), (0.2, 0.62, 0.4), 0.08) for s in SIDES)]


def bun() -> Solids:
    """Build a dark face under light hair with a bun."""
    return [*face(0.95, 0.42, 0.7, 0.1), ellipsoid((0, 1.05, -0.15), (0.28, 0.25, 0.28), 0.7)]


def cap() -> Solids:
    """Build a face under a flat cap with a peak."""
    brim = ellipsoid((0, 0.48, 0.55), (0.5, 0.07, 0.42), 0.1)
    crown = ellipsoid((0, 0.42, -0.02), (0.7, 0.58, 0.76), 0.25, cut=(0, -1, 0, 0))
    return [*face(1.0, 0.62, None), crown, brim]


def child() -> Solids:
    """Build a round light face with fair hair."""
    return [*face(1.2, 0.92, 0.55, 0.4), ellipsoid((0, 0.72, 0.35), (0.4, 0.16, 0.3), 0.55)]


def glasses() -> Solids:
    """Build a grey-haired face with dark glasses."""
    lenses = [rod((0.27 * s, 0.12, 0.6), (0.27 * s, 0.12, 0.7), 0.22, 0.05) for s in SIDES]
    return [*face(1.0, 0.78, 0.8, 0.7), *lenses, box((0, 0.14, 0.68), (0.12, 0.03, 0.03), 0.05)]


def long_hair() -> Solids:
    """Build a face in long fair hair."""
    hair = [ellipsoid((0.5 * s, -0.4, -0.18), (0.28, 0.85, 0.36), 0.85) for s in SIDES]
    return [*face(0.95, 0.55, 0.85, 0.3), *hair]


FACES = {shape.__name__: shape for shape in (bald, beard, bob, bun, cap, child, glasses, long_hair)}
