"""An independent ray caster: it feels its way along every ray, knowing only whether a point is inside a solid."""

from collections.abc import Callable, Sequence

import numpy as np

from hcnn_widgets.stimuli.rendering.ray_caster import AMBIENT
from hcnn_widgets.stimuli.rendering.solids import Solid

Inside = Callable[[np.ndarray], np.ndarray]
STEPS = 4001
VIEWER = np.array([0.0, 0.0, 1.0])


def tightness(solid: Solid, points: np.ndarray) -> np.ndarray:
    """Say how far out of a solid points (n, 3) are, by the wall that is furthest from holding them; 0 on a wall."""
    own = (points - solid.centre) @ solid.rotation
    walls = [plane[:3] @ own.T - plane[3] for plane in solid.planes]
    if solid.semi_axes is not None:
        walls.append(np.sqrt(((own / solid.semi_axes) ** 2).sum(axis=1)) - 1)
    return np.max(walls, axis=0)


def first_met(solid: Solid, origin: np.ndarray, direction: np.ndarray, length: float) -> float | None:
    """Walk along a ray until it is inside, then halve the last step; give how far it came, None if it met nothing."""
    steps = np.linspace(0, length, STEPS)
    inside = tightness(solid, origin + steps[:, np.newaxis] * direction) < 0
    if not inside.any():
        return None
    near, far = steps[inside.argmax() - 1], steps[inside.argmax()]
    for _ in range(40):
        middle = (near + far) / 2
        if tightness(solid, (origin + middle * direction)[np.newaxis])[0] < 0:
            far = middle
        else:
            near = middle
    return float(far)


def normal(solid: Solid, point: np.ndarray) -> np.ndarray:
    """Give the direction in which a point on the surface leaves the solid fastest, by differences."""
    step = 1e-5 * np.eye(3)
    slope = tightness(solid, point + step) - tightness(solid, point - step)
    return slope / np.linalg.norm(slope)


def slow_cast(
    solids: Sequence[Solid],
    turn: np.ndarray,
    scale: float,
    position: tuple[float, float],
    light: np.ndarray,
    size: tuple[int, int],
) -> tuple[np.ndarray, np.ndarray]:
    """Draw solids as `hcnn_widgets.stimuli.rendering.ray_caster.cast` should: luminance and what is covered."""
    luminance, covered = np.zeros(size), np.zeros(size, bool)
    for row, column in np.ndindex(*size):
        seen = np.array([column + 0.5 - position[0], position[1] - row - 0.5, 0]) / scale
        # What turns the object one way turns rays the other way.
        origin, direction = turn.T @ (seen + 10 * VIEWER), turn.T @ -VIEWER
        met = [(first_met(solid, origin, direction, 20), solid) for solid in solids]
        hits = [(distance, solid) for distance, solid in met if distance is not None]
        if hits:
            distance, solid = min(hits, key=lambda hit: hit[0])
            cosine = normal(solid, origin + distance * direction) @ (turn.T @ light)
            luminance[row, column] = solid.albedo * (AMBIENT + (1 - AMBIENT) * max(0.0, cosine))
            covered[row, column] = True
    return luminance, covered
