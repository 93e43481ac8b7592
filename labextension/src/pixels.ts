/**
 * From bytes to pixels and from scores to colours.
 *
 * The maps are read by eyes that do not tell red from green, and in both themes:
 * `diverging` runs brown - neutral - teal (0, 128, 255), where the neutral is white on a
 * light page and near-black on a dark one; `sequential` runs dark blue - green - yellow
 * with steadily growing lightness. Between anchors we mix in linear light, which keeps
 * the steps even to the eye where mixing sRGB codes would dip.
 */

/** Red, green, blue in 0 to 255. */
export type Rgb = readonly [number, number, number];

/** How bytes become colours. */
export const COLORMAPS = ['diverging', 'grey', 'rgb'] as const;
export type Colormap = (typeof COLORMAPS)[number];

const DIVERGING_LIGHT: readonly Rgb[] = [
  [98, 56, 0],
  [198, 124, 0],
  [247, 247, 247],
  [0, 138, 172],
  [0, 56, 88]
];

const DIVERGING_DARK: readonly Rgb[] = [
  [250, 222, 160],
  [184, 124, 40],
  [24, 24, 26],
  [26, 140, 150],
  [166, 238, 242]
];

const SEQUENTIAL: readonly Rgb[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37]
];

const toLinear = (code: number): number => (code / 255) ** 2.2;
const toCode = (light: number): number => Math.round(255 * light ** (1 / 2.2));

/** The colour at `fraction` (0 to 1, clamped) of a map given by evenly spaced anchors. */
function mix(anchors: readonly Rgb[], fraction: number): Rgb {
  const place = Math.min(1, Math.max(0, fraction)) * (anchors.length - 1);
  const index = Math.min(Math.floor(place), anchors.length - 2);
  const [from, to] = [anchors[index]!, anchors[index + 1]!];
  const part = place - index;
  const channel = (at: 0 | 1 | 2): number =>
    toCode((1 - part) * toLinear(from[at]) + part * toLinear(to[at]));
  return [channel(0), channel(1), channel(2)];
}

/** The colour of a score at `fraction` of the scale (0 to 1, clamped); dark is low, bright is high. */
export function sequential(fraction: number): Rgb {
  return mix(SEQUENTIAL, fraction);
}

/** The colour of a signed byte: 1 (and 0) most negative, 128 zero, 255 most positive. */
export function diverging(byte: number, dark: boolean): Rgb {
  return mix(dark ? DIVERGING_DARK : DIVERGING_LIGHT, 0.5 + (byte - 128) / 254);
}

/** A colour as CSS writes it. */
export function css([red, green, blue]: Rgb): string {
  return `rgb(${red}, ${green}, ${blue})`;
}

/** Black or white, whichever is read more easily on a colour (relative luminance, WCAG 2). */
export function inkOn(colour: Rgb): '#000000' | '#ffffff' {
  const luminance =
    0.2126 * toLinear(colour[0]) + 0.7152 * toLinear(colour[1]) + 0.0722 * toLinear(colour[2]);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}

const tables = new Map<string, Uint8ClampedArray>();

/** The 256 colours of a map of one channel as RGB triples, made once. */
export function colourTable(colormap: Exclude<Colormap, 'rgb'>, dark: boolean): Uint8ClampedArray {
  const key = `${colormap} ${dark}`;
  let table = tables.get(key);
  if (table === undefined) {
    table = new Uint8ClampedArray(256 * 3);
    for (let byte = 0; byte < 256; byte += 1) {
      table.set(colormap === 'grey' ? [byte, byte, byte] : diverging(byte, dark), byte * 3);
    }
    tables.set(key, table);
  }
  return table;
}

/**
 * Bytes (height, width, n_channels), channels last, as RGBA pixels.
 * One channel goes through the colour map; three are taken as red, green and blue.
 */
export function rgba(
  bytes: Uint8Array,
  channels: 1 | 3,
  colormap: Colormap,
  dark: boolean
): Uint8ClampedArray<ArrayBuffer> {
  const count = Math.floor(bytes.length / channels);
  const pixels = new Uint8ClampedArray(count * 4).fill(255);
  const table = colormap === 'rgb' ? colourTable('grey', dark) : colourTable(colormap, dark);
  for (let pixel = 0; pixel < count; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      const byte = channels === 3 ? bytes[pixel * 3 + channel]! : table[bytes[pixel]! * 3 + channel]!;
      pixels[pixel * 4 + channel] = byte;
    }
  }
  return pixels;
}
