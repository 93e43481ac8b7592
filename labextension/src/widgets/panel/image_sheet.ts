/**
 * Small pictures of the stimuli, sent once: twin of image_sheet.py.
 *
 * The traits `sheet_header` and `sheet` of a model hold them; where there are no pictures
 * there are names alone.
 */
import { rgba } from '../../pixels';
import { Fields, FrameError, bytes, dataView } from '../../wire';

const MOST = 1_000_000;

/** What holds traits: a widget's model. */
export interface Traits {
  get(name: string): unknown;
}

/** The pictures of the stimuli, each drawn on a canvas when it is first asked for. */
export class ImageSheet {
  private readonly canvases = new Map<number, HTMLCanvasElement>();
  private readonly places: Map<string, number>;

  constructor(
    readonly ids: readonly string[],
    /** The category of each stimulus; empty where none is known. */
    readonly labels: readonly string[],
    readonly width: number,
    readonly height: number,
    private readonly channels: number,
    private readonly pixels: Uint8Array
  ) {
    this.places = new Map(ids.map((id, index) => [id, index]));
  }

  get count(): number {
    return this.ids.length;
  }

  /** Whether there are pictures, and not names alone. */
  get pictured(): boolean {
    return this.pixels.length > 0;
  }

  id(index: number): string {
    return this.ids[index] ?? '';
  }

  label(index: number): string {
    return this.labels[index] ?? '';
  }

  /** A stimulus in words: "hand-3 (body part)". */
  name(index: number): string {
    const label = this.label(index);
    return label === '' ? this.id(index) : `${this.id(index)} (${label})`;
  }

  /** The place of a stimulus, or -1. */
  indexOf(id: string): number {
    return this.places.get(id) ?? -1;
  }

  /** A picture, pixel for pixel, to be drawn from; null where there is none. */
  picture(index: number): HTMLCanvasElement | null {
    if (!this.pictured || index < 0 || index >= this.count) {
      return null;
    }
    const known = this.canvases.get(index);
    if (known) {
      return known;
    }
    const canvas = document.createElement('canvas');
    this.canvases.set(index, canvas);
    this.paint(canvas, index);
    return canvas;
  }

  /**
   * A picture with its label and id beneath, `side` pixels on its longer side: an element of the caller's own.
   * The words may be wider than the picture, up to `room`.
   */
  figure(index: number, side: number, room = Math.max(side, 72)): HTMLElement {
    const figure = document.createElement('figure');
    figure.className = 'hcnn-stimulus';
    figure.style.maxWidth = `${room}px`;
    if (this.pictured) {
      const canvas = document.createElement('canvas');
      const scale = side / Math.max(this.width, this.height);
      canvas.className = 'hcnn-stimulus-picture';
      // Pixels stay pixels where they are few; elsewhere squares of two sizes would be seen.
      canvas.classList.toggle('hcnn-mod-crisp', scale >= 2);
      canvas.style.width = `${Math.round(this.width * scale)}px`;
      canvas.style.height = `${Math.round(this.height * scale)}px`;
      this.paint(canvas, index);
      figure.append(canvas);
    }
    const caption = document.createElement('figcaption');
    caption.className = 'hcnn-stimulus-name';
    for (const words of [this.label(index), this.id(index)].filter(Boolean)) {
      const line = document.createElement('div');
      line.textContent = words;
      caption.append(line);
    }
    figure.append(caption);
    return figure;
  }

  private paint(canvas: HTMLCanvasElement, index: number): void {
    const size = this.width * this.height * this.channels;
    const own = this.pixels.subarray(index * size, (index + 1) * size);
    canvas.width = this.width;
    canvas.height = this.height;
    const colours = this.channels === 3 ? 'rgb' : 'grey';
    const image = new ImageData(rgba(own, this.channels as 1 | 3, colours, false), this.width, this.height);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
  }
}

/** A sheet with no stimulus. */
export const NO_IMAGES = new ImageSheet([], [], 0, 0, 0, new Uint8Array());

const known = new WeakMap<Traits, { header: unknown; pixels: unknown; sheet: ImageSheet }>();

/**
 * The sheet of a model: read once, shared by all views, read again when another one came.
 * Throws FrameError where header and bytes do not fit. Without stimuli it is empty.
 */
export function imageSheet(model: Traits): ImageSheet {
  const [header, pixels] = [model.get('sheet_header'), model.get('sheet')];
  const last = known.get(model);
  if (last && last.header === header && last.pixels === pixels) {
    return last.sheet;
  }
  const sheet = readSheet(header, dataView(pixels));
  known.set(model, { header, pixels, sheet });
  return sheet;
}

function readSheet(header: unknown, pixels: DataView): ImageSheet {
  if (typeof header !== 'object' || header === null || Object.keys(header).length === 0) {
    return NO_IMAGES;
  }
  const fields = new Fields(header, 'sheet of images');
  const count = fields.integer('n', 0, MOST);
  const [ids, labels] = [fields.texts('ids'), fields.texts('labels')];
  if (ids.length !== count || (labels.length !== 0 && labels.length !== count)) {
    throw new FrameError(
      `The sheet of ${count} images should name each of them; it has ${ids.length} ids and ${labels.length} labels.`
    );
  }
  const [height, width] = [fields.integer('height', 0, 4096), fields.integer('width', 0, 4096)];
  const channels = fields.integer('n_channels', 0, 3);
  if (channels === 2) {
    throw new FrameError('Images are shown with 1 or 3 channels; this sheet has 2.');
  }
  return new ImageSheet(
    ids,
    labels,
    width,
    height,
    channels,
    bytes(pixels, count * height * width * channels)
  );
}
