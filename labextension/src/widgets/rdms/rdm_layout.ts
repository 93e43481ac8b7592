/** Where the matrices, the pair of images and the bars stand: arithmetic only. */
import { captionHeight, captionLines } from '../charts/chart_caption';
import { shortened, textWidth, wrapped } from '../charts/chart_words';
import { type Box, fontSize } from '../charts/sizes';
import { type BarsLayout, barsLayout } from './rdm_bars_layout';
import type { RdmFrame } from './rdm_frame';

/** The name of a category beside a matrix. */
export interface GroupLabel {
  group: number;
  lines: string[];
  /** Baseline of the first line. */
  top: number;
  /** Where the text begins or ends. */
  x: number;
  anchor: 'start' | 'end';
}

/** All places, and the size of the whole drawing. */
export interface RdmLayout extends BarsLayout {
  width: number;
  height: number;
  font: number;
  model: Box;
  brain: Box;
  labels: GroupLabel[];
  /** Where the two images and their numbers stand; images above one another, or side by side. */
  pane: Box;
  upright: boolean;
  /** Where the small print begins, and its lines. */
  caption: number;
  captionLines: readonly string[];
}

const PANE = { width: 150, height: 132 };
const GAP = 16;
const LARGEST = 420;
/** Room for a colour scale and two lines of words. */
const LEGEND = 46;

/** Lays everything out for a width. */
export function rdmLayout(
  frame: RdmFrame,
  width: number,
  low: number,
  high: number,
  lines = captionLines(captionParts(frame), width, fontSize(width))
): RdmLayout {
  const font = fontSize(width);
  const top = 1.9 * font;
  const room = labelRoom(frame, width, font);
  const matrices = matrixPlaces(width, room, top);
  const bottom = matrices.brain.top + matrices.brain.height + LEGEND + 0.8 * font;
  const pane = matrices.pane ?? { left: 0, top: bottom, width, height: PANE.height };
  const start = matrices.pane ? bottom : bottom + PANE.height + 8;
  const bars = barsLayout(frame, width, start, font, [low, high]);
  const caption = bars.bottom + 1.2 * font;
  return {
    width,
    height: Math.ceil(caption + captionHeight(lines, font)),
    font,
    model: matrices.model,
    brain: matrices.brain,
    labels: groupLabels(frame, matrices, font),
    pane,
    upright: matrices.pane !== null,
    ...bars,
    caption,
    captionLines: lines
  };
}

/** How much room the names of the categories take beside a matrix. */
function labelRoom(frame: RdmFrame, width: number, font: number): number {
  const words = frame.groups.flatMap(group => group.name.split(/\s+/));
  const longest = Math.max(0, ...words.map(word => textWidth(word, font - 1)));
  return longest === 0 ? 0 : Math.ceil(Math.min(1.15 * longest, 0.2 * width)) + 12;
}

interface Matrices {
  model: Box;
  brain: Box;
  pane: Box | null;
  /** Where the names stand: left of the model's matrix, and right of the brain's where there is room. */
  left: number;
  right: number | null;
}

function matrixPlaces(width: number, room: number, top: number): Matrices {
  const wide = Math.floor((width - 2 * room - PANE.width - 2 * GAP) / 2);
  if (wide >= 190) {
    const side = Math.min(wide, LARGEST);
    const spare = (width - 2 * room - 2 * side - PANE.width - 2 * GAP) / 2;
    const model = { left: Math.floor(spare) + room, top, width: side, height: side };
    const pane = { left: model.left + side + GAP, top, width: PANE.width, height: side + LEGEND };
    const brain = { ...model, left: pane.left + PANE.width + GAP };
    return { model, brain, pane, left: model.left - 8, right: brain.left + side + 8 };
  }
  const half = Math.floor((width - room - GAP) / 2);
  if (half >= 130) {
    const model = { left: room, top, width: half, height: half };
    return { model, brain: { ...model, left: room + half + GAP }, pane: null, left: room - 8, right: null };
  }
  const side = Math.min(width - room, 300);
  const model = { left: room, top, width: side, height: side };
  return {
    model,
    brain: { ...model, top: 2 * top + side + LEGEND },
    pane: null,
    left: room - 8,
    right: null
  };
}

/** Height of a line of a category's name. */
export function labelLine(font: number): number {
  return 1.1 * (font - 1);
}

/** The names of the categories, in one line or two; where there is no room for one, none. */
function groupLabels(frame: RdmFrame, { model, brain, left, right }: Matrices, font: number): GroupLabel[] {
  const cell = model.height / frame.count;
  const line = labelLine(font);
  return frame.groups.flatMap((group, index) => {
    const height = (group.stop - group.start) * cell;
    if (height < line) {
      return [];
    }
    const words = wrapped(group.name, Math.max(40, left), font - 1);
    const lines =
      height >= line * words.length ? words : [shortened(group.name, Math.max(40, left), font - 1)];
    const middle = ((group.start + group.stop) / 2) * cell + 0.35 * font - ((lines.length - 1) / 2) * line;
    const one = { group: index, lines, top: model.top + middle, x: left, anchor: 'end' as const };
    const other = right === null ? [] : [{ ...one, x: right, anchor: 'start' as const }];
    const below = brain.top !== model.top ? [{ ...one, top: brain.top + middle }] : [];
    return [one, ...other, ...below];
  });
}

/** What the small print says. */
export function captionParts({ convention, source }: RdmFrame): string[] {
  return [convention, source];
}

/** Which cell of a matrix a place lies in; null outside. */
export function cellAt(box: Box, count: number, x: number, y: number): [number, number] | null {
  const [row, column] = [((y - box.top) / box.height) * count, ((x - box.left) / box.width) * count];
  const inside = (at: number): boolean => at >= 0 && at < count;
  return inside(row) && inside(column) ? [Math.floor(row), Math.floor(column)] : null;
}

/** Where a key leads from a cell; null for a key that does not walk. */
export function walkCell(
  key: string,
  control: boolean,
  [row, column]: readonly [number, number],
  count: number
): [number, number] | null {
  const leap = Math.max(2, Math.round(count / 10));
  const targets: Record<string, [number, number]> = {
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    PageUp: [row - leap, column],
    PageDown: [row + leap, column],
    Home: [control ? 0 : row, 0],
    End: [control ? count - 1 : row, count - 1]
  };
  const target = targets[key];
  const within = (at: number): number => Math.min(count - 1, Math.max(0, at));
  return target ? [within(target[0]), within(target[1])] : null;
}
