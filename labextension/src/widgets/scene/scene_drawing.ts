/** Draws the marks of a scene in SVG. */
import type { Attributes, Layer } from '../charts/svg_layer';
import { type SceneMark, colourOf } from './scene_frame';

/** What marks are drawn into. */
export interface Drawing {
  /** Tells its stripes from those of other drawings. */
  name: string;
  /** Tells the clips of its groups apart. */
  id: string;
  /** What else is said of a cell: how it sounds and is reached. */
  cell(place: number): Attributes;
}

/** Draws marks one above the other. */
export function drawMarks(layer: Layer, marks: readonly SceneMark[], into: Drawing): void {
  for (const mark of marks) {
    if (mark.tag === 'g') {
      drawGroup(layer, mark, into);
    } else if (mark.tag === 'text') {
      drawWords(layer, mark);
    } else {
      const look = lookOf(mark);
      layer.shape(mark.tag, mark.key, { ...look, ...pixels(mark) });
      if (mark.hatched) {
        const stripes = { fill: `url(#${into.name}-stripes)`, stroke: undefined, 'data-place': undefined };
        layer.shape(mark.tag, `${mark.key}-stripes`, { ...look, ...stripes });
      }
    }
  }
}

function lookOf({ attributes, fill, stroke }: SceneMark): Attributes {
  return { ...attributes, fill: colourOf(fill), stroke: stroke === '' ? undefined : colourOf(stroke) };
}

/** Words; a pointer that rests on some that are cut is told all of them. */
function drawWords(layer: Layer, mark: SceneMark): void {
  if (mark.whole === '') {
    layer.text(mark.key, mark.words, lookOf(mark));
    return;
  }
  layer.group(mark.key, { class: 'hcnn-mod-cut' }, cut => {
    cut.tooltip(mark.whole, mark.words);
    cut.text('words', mark.words, lookOf(mark));
  });
}

/** What `url(#...)` of a drawing refers to. */
export function drawStripes(layer: Layer, drawing: string): void {
  const tile = { width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
  const pattern = layer.shape('pattern', 'stripes', { id: `${drawing}-stripes`, ...tile });
  inside(pattern, 'rect', { width: '2', height: '6', fill: '#ffffff', 'fill-opacity': '0.45' });
}

function drawGroup(layer: Layer, mark: SceneMark, into: Drawing): void {
  const id = `${into.id}-${mark.key}`;
  if (mark.clip) {
    const clip = layer.shape('clipPath', `${mark.key}-clip`, { id: `${id}-clip` });
    inside(clip, 'path', { d: mark.clip });
  }
  const cut = mark.clip ? { 'clip-path': `url(#${id}-clip)` } : {};
  const cell = mark.cell >= 0 ? into.cell(mark.cell) : {};
  layer.group(mark.key, { ...mark.attributes, ...cut, ...cell }, group =>
    drawMarks(group, mark.marks, { ...into, id })
  );
}

/** The only shape within an element, with these attributes. */
function inside(element: SVGElement, tag: 'path' | 'rect', attributes: Record<string, string>): void {
  const shape =
    element.firstElementChild ?? element.appendChild(document.createElementNS(element.namespaceURI, tag));
  for (const [name, value] of Object.entries(attributes)) {
    shape.setAttribute(name, value);
  }
}

/** Images that have been drawn before: a frame is drawn again when theme or width change. */
const addresses = new WeakMap<object, string>();

/** Where the pixels of a mark are to be had. */
function pixels({ image }: SceneMark): Attributes {
  if (!image) {
    return {};
  }
  const href = addresses.get(image) ?? addressOf(image);
  addresses.set(image, href);
  return { href, preserveAspectRatio: 'none', style: 'image-rendering: pixelated' };
}

/** An image as an address that needs no other file. */
function addressOf(image: NonNullable<SceneMark['image']>): string {
  const [rows, columns, channels] = image.size as [number, number, number];
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [columns, rows];
  const shown = new ImageData(columns, rows);
  for (let i = 0; i < rows * columns; i += 1) {
    for (let c = 0; c < 3; c += 1) {
      shown.data[4 * i + c] = image.data[channels * i + (channels === 3 ? c : 0)]!;
    }
    shown.data[4 * i + 3] = 255;
  }
  canvas.getContext('2d')!.putImageData(shown, 0, 0);
  return canvas.toDataURL();
}
