/** Which of several layouts of a scene a room gets. */
import type { SceneFrame } from './scene_frame';

/** Room for a drawing in pixels; a height of 0 has no end. */
export interface Room {
  width: number;
  height: number;
}

/**
 * The scene for a room: of those for its width, or else for the next wider one, the highest that fits, or else the
 * lowest; what does not fit is drawn smaller.
 */
export function fitting(frames: readonly SceneFrame[], { width, height }: Room): SceneFrame {
  const sorted = [...frames].sort((a, b) => a.width - b.width || a.height - b.height);
  const nearest = sorted.find(scene => Math.round(scene.width) >= width) ?? sorted.at(-1)!;
  const alike = sorted.filter(scene => scene.width === nearest.width);
  return alike.filter(scene => height === 0 || scene.height <= height).at(-1) ?? alike[0]!;
}
