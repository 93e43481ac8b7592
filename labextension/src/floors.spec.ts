/** Which way things flow: the same order of rooms as the kernel's half, and none imports a neighbour. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

const SRC = resolve(__dirname);
const PANELS = ['training', 'kernels', 'predictivity', 'tau_counter'];

/** From the top down; rooms of one floor do not import each other. */
const FLOORS: string[][] = [
  ['index.ts', 'page'],
  ['explorer', 'widgets/index.ts', 'beside.ts'],
  ['widgets/rdms'],
  PANELS.map(room => `widgets/${room}`),
  ['widgets/scores'],
  ['widgets/scene'],
  ['widgets/charts'],
  ['widgets/panel'],
  ['theme.ts', 'wire.ts', 'pixels.ts', 'restarts.ts', 'version.ts']
];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .filter(name => !name.startsWith('testing') && !name.endsWith('.spec.ts'));

/** The floor on which a file lies, and its room there. */
function place(file: string): { floor: number; room: string } {
  for (const [floor, rooms] of FLOORS.entries()) {
    const room = rooms.find(name => file === name || file.startsWith(`${name}/`));
    if (room !== undefined) {
      return { floor, room };
    }
  }
  return { floor: -1, room: '' };
}

/** The files of ours that a file imports. */
function imported(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'(\.[^']*)'/g)]
    .map(([, path]) => relative(SRC, resolve(SRC, dirname(file), path!)))
    .map(path => files.find(name => [`${path}.ts`, join(path, 'index.ts')].includes(name)) ?? '')
    .filter(name => name !== '');
}

describe('the order of the rooms', () => {
  it.each(files)('%s lies in a room that is known', file => {
    expect(place(file).floor).toBeGreaterThanOrEqual(0);
  });

  it.each(files)('%s imports its own room and those below', file => {
    const here = place(file);
    const wrong = imported(file).filter(other => {
      const there = place(other);
      return there.room !== here.room && there.floor <= here.floor;
    });
    expect(wrong).toEqual([]);
  });

  it('is looked for in imports that there are', () => {
    expect(imported('widgets/training/curves.ts')).toContain('widgets/panel/frame_view.ts');
    expect(imported('index.ts')).toContain('widgets/index.ts');
  });
});
