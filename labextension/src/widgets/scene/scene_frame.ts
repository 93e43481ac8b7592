/** A scene as a frame: marks, places and their words, all said by the kernel. Twin of scene.py and marks.py. */
import { isDark } from '../../theme';
import { type Fields, FrameError, bytes } from '../../wire';
import { depthColour } from '../charts/chart_colours';
import type { Attributes } from '../charts/svg_layer';
import type { Cell } from '../panel/export';

/** The theme's colour of each role; the kernel names the same ones in marks.py. */
export const ROLES: Readonly<Record<string, string>> = {
  ink: 'var(--jp-ui-font-color0)',
  text: 'var(--jp-ui-font-color1)',
  quiet: 'color-mix(in srgb, var(--jp-ui-font-color1) 80%, transparent)',
  furrow: 'var(--jp-ui-font-color2)',
  paper: 'var(--jp-layout-color1)',
  soft: 'var(--jp-layout-color2)',
  muted: 'var(--jp-layout-color3)',
  border: 'var(--jp-border-color2)',
  focus: 'var(--hcnn-focus)',
  'series-0': 'var(--hcnn-series-0)',
  'series-1': 'var(--hcnn-series-1)',
  'series-2': 'var(--hcnn-series-2)',
  'series-3': 'var(--hcnn-series-3)',
  'series-4': 'var(--hcnn-series-4)',
  'series-5': 'var(--hcnn-series-5)'
};

const TAGS = { rect: 'rect', line: 'line', path: 'path', text: 'text', pixels: 'image', group: 'g' } as const;
const KINDS = ['rect', 'line', 'path', 'text', 'pixels', 'group'] as const;
const ANCHORS = ['start', 'middle', 'end'] as const;
const PARTS = ['row', 'gridcell', 'rowheader', 'columnheader'] as const;
const CELL = 'gridcell';
const HEADERS: readonly string[] = ['rowheader', 'columnheader'];

/** A mark, as the attributes of an SVG element; its colours are roles, looked up in the theme where it is drawn. */
export interface SceneMark {
  tag: (typeof TAGS)[keyof typeof TAGS];
  key: string;
  attributes: Attributes;
  fill: string;
  stroke: string;
  hatched: boolean;
  words: string;
  /** Of words that are cut: all of them. */
  whole: string;
  /** Of a group that is a cell of a grid: its place; -1 of any other mark. */
  cell: number;
  /** Of a group: what is in it, and the path that it is cut by. */
  marks: SceneMark[];
  clip: string;
  /** Of pixels: rows, columns, channels and bytes. */
  image: { size: readonly number[]; data: Uint8Array } | null;
}

/** What is pointed at or walked to. */
export interface ScenePlace {
  sentence: string;
  marks: SceneMark[];
  title: string;
  badge: string;
  note: string;
  rows: { name: string; value: string; colour: string; strong: boolean }[];
  beside: number[];
}

export interface SceneFrame {
  name: string;
  title: string;
  label: string;
  /** Said when it changes; '' for nothing. */
  said: string;
  /** Where the marked place is after a key that has moved it; -1 where it has not. */
  moved: number;
  width: number;
  height: number;
  marks: SceneMark[];
  places: ScenePlace[];
  /** Places in a row of a grid; 0 for a row of places. */
  columns: number;
  /** Places row by row as they are seen, where that is another grid than that of `columns`. */
  walked: number[][];
  /** The place that is marked while none is walked to or pointed at; -1 for none. */
  rest: number;
  /** Whether the places are cells, which have the focus one after the other. */
  hasCells: boolean;
  /** Keys that the kernel is told of. */
  keys: string[];
  numbers: Cell[][];
}

/** Checks a frame and takes it apart: the scene for each room; images take their bytes one after the other. */
export function readScenes(header: Fields, values: DataView): SceneFrame[] {
  const rest = { data: bytes(values), used: 0 };
  const others = header.has('others') ? header.children('others') : [];
  return [header, ...others].map(scene => readScene(scene, rest));
}

function readScene(header: Fields, rest: Rest): SceneFrame {
  const marks = header.children('marks').map(mark => readMark(mark, rest));
  const places = header.children('places').map(place => readPlace(place, rest));
  return {
    name: header.text('name'),
    title: header.text('title'),
    label: header.text('label'),
    said: header.text('said', ''),
    moved: header.has('moved') ? header.integer('moved') : -1,
    width: header.number('width'),
    height: header.number('height'),
    marks,
    places,
    columns: header.integer('columns'),
    walked: header.has('walked') ? header.rowsOfIntegers('walked') : [],
    rest: header.has('rest') ? header.integer('rest') : -1,
    hasCells: hasCells(marks),
    keys: header.texts('keys'),
    numbers: header.table('numbers')
  };
}

function hasCells(marks: readonly SceneMark[]): boolean {
  return marks.some(mark => mark.cell >= 0 || hasCells(mark.marks));
}

interface Rest {
  data: Uint8Array;
  used: number;
}

function readPlace(place: Fields, rest: Rest): ScenePlace {
  return {
    sentence: place.text('sentence'),
    marks: place.children('marks').map(mark => readMark(mark, rest)),
    title: place.text('title', ''),
    badge: place.text('badge', ''),
    note: place.text('note', ''),
    rows: (place.has('rows') ? place.children('rows') : []).map(row => ({
      name: row.text('name'),
      value: row.text('value'),
      colour: row.text('colour'),
      strong: row.flag('strong')
    })),
    beside: place.has('beside') ? place.numbers('beside', 3) : [0, 0, 0]
  };
}

function readMark(mark: Fields, rest: Rest): SceneMark {
  const kind = mark.choice('kind', KINDS);
  return {
    tag: TAGS[kind],
    key: mark.text('key'),
    attributes: { ...shapeOf(kind, mark), ...lookOf(mark) },
    fill: mark.text('fill', ''),
    stroke: mark.text('stroke', ''),
    hatched: mark.flag('hatched', false),
    words: mark.text('words', ''),
    whole: mark.text('whole', ''),
    cell: isCell(mark) ? mark.integer('place') : -1,
    marks: kind === 'group' ? mark.children('marks').map(child => readMark(child, rest)) : [],
    clip: mark.text('clip', ''),
    image: kind === 'pixels' ? readImage(mark.integers('image'), rest) : null
  };
}

/** Whether a group is a cell that can be walked to: a header is where it has a place. */
function isCell(mark: Fields): boolean {
  const part = mark.text('part', '');
  return part === CELL || (HEADERS.includes(part) && mark.has('place'));
}

function shapeOf(kind: (typeof KINDS)[number], mark: Fields): Attributes {
  const numbers = (...names: string[]): Attributes =>
    Object.fromEntries(names.map(name => [name, mark.number(name)]));
  switch (kind) {
    case 'rect':
      return {
        ...numbers('x', 'y', 'width', 'height'),
        rx: mark.optionalNumber('radius'),
        class: mark.flag('glides', false) ? 'hcnn-mod-glides' : undefined
      };
    case 'line':
      return numbers('x1', 'y1', 'x2', 'y2');
    case 'path':
      return { d: mark.text('points') };
    case 'pixels':
      return numbers('x', 'y', 'width', 'height');
    case 'text':
      return {
        ...numbers('x', 'y'),
        'font-size': mark.number('size'),
        'text-anchor': mark.has('anchor') ? mark.choice('anchor', ANCHORS) : undefined,
        'font-weight': mark.flag('bold', false) ? 700 : undefined,
        'font-style': mark.flag('italic', false) ? 'italic' : undefined,
        class: mark.flag('rim', false) ? 'hcnn-chart-rim' : undefined,
        transform: mark.flag('turned', false)
          ? `rotate(-90 ${mark.number('x')} ${mark.number('y')})`
          : undefined
      };
    case 'group':
      return { role: mark.has('part') ? mark.choice('part', PARTS) : undefined };
    default:
      return {};
  }
}

function lookOf(mark: Fields): Attributes {
  return {
    'stroke-width': mark.optionalNumber('stroke_width'),
    'stroke-dasharray': mark.has('dash') ? mark.integers('dash').join(' ') : undefined,
    opacity: mark.optionalNumber('opacity'),
    'data-place': mark.has('place') ? mark.integer('place') : undefined
  };
}

/** The theme's colour of a role, that of the first of four model areas as "depth-0-4"; "#rrggbb" as it is; nothing else is let through. */
export function colourOf(role: string): string {
  // A board has a thousand marks, and few of them the colour of a model area.
  const known = ROLES[role] ?? (/^#[0-9a-f]{6}$/.test(role) ? role : undefined);
  if (known !== undefined) {
    return known;
  }
  const depth = /^depth-(\d+)-(\d+)$/.exec(role);
  return depth ? depthColour(Number(depth[1]), Number(depth[2]), isDark()) : 'none';
}

function readImage(size: number[], rest: Rest): SceneMark['image'] {
  const [rows = 0, columns = 0, channels = 0] = size;
  const length = rows * columns * channels;
  const data = rest.data.subarray(rest.used, rest.used + length);
  if (![1, 3].includes(channels) || rows < 1 || columns < 1 || data.length !== length) {
    throw new FrameError(
      `The frame should hold an image of ${size.join(' x ')} bytes; it has ${data.length}.`
    );
  }
  rest.used += length;
  return { size, data };
}
