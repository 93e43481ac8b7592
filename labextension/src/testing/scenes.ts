/** A scene with every kind of mark, as the kernel makes it: its tests see to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inMessage } from './page';

export const { header, values } = JSON.parse(readFileSync(join(__dirname, 'every_kind.json'), 'utf8')) as {
  header: { places: object[] };
  values: number[];
};

/** The state of a model that holds the scene, with other fields in its header where a test says so. */
export function sceneState(changed: object = {}): { header: object; values: DataView } {
  return { header: { sequence: 1, ...header, ...changed }, values: inMessage(values) };
}

/** A cell of a grid, at a place. */
export const cell = (place: number): object => ({
  kind: 'group',
  key: `cell-${place}`,
  part: 'gridcell',
  place,
  marks: [{ kind: 'rect', key: 'box', x: place, y: 0, width: 1, height: 1, fill: 'depth-0-4', place }]
});
