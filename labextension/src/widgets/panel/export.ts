/** Taking a panel's picture and numbers away: a small toolbar, files by Blob. */

import { magnification } from './pointer';

/** What a panel hands out as its picture: drawn in SVG or on a canvas. */
export type Picture = SVGSVGElement | HTMLCanvasElement;

/** A cell of a table of numbers; null and NaN become an empty cell. */
export type Cell = string | number | null;

/** The properties that make a shape look as it does; copied so that the file needs no style sheet. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  // Without it a rim is drawn over the letters that it is to set off.
  'paint-order',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'dominant-baseline',
  'display',
  'visibility'
];

/** An SVG drawing as a file of its own: styles written in, on the page's background or on none. */
export function svgText(svg: SVGSVGElement, opaque = true): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  from.forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const look of LOOKS) {
      const value = style.getPropertyValue(look);
      if (value) {
        to[index]?.style.setProperty(look, value);
      }
    }
  });
  const box = svg.getBoundingClientRect();
  const larger = magnification(svg);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.round(box.width / larger)));
  copy.setAttribute('height', String(Math.round(box.height / larger)));
  copy.style.setProperty('background', opaque ? getComputedStyle(document.body).backgroundColor : 'none');
  return new XMLSerializer().serializeToString(copy);
}

/** Text that a spreadsheet would take for a formula; an apostrophe before it says that it is text. */
const FORMULA = /^[=+\-@\t\r]/;

/** A table as CSV (RFC 4180): quoted where it must be, one record a line; text never becomes a formula. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  const written = (cell: Cell): string => {
    if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) {
      return '';
    }
    const text = typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map(row => row.map(written).join(',')).join('\r\n') + '\r\n';
}

/** The file of a picture: SVG as text, a canvas as PNG. */
export async function pictureBlob(picture: Picture): Promise<Blob> {
  if (picture instanceof SVGSVGElement) {
    return new Blob([svgText(picture)], { type: 'image/svg+xml' });
  }
  const blob = await new Promise<Blob | null>(resolve => picture.toBlob(resolve, 'image/png'));
  if (blob === null) {
    throw new Error('The browser could not make a PNG of this picture.');
  }
  return blob;
}

/** An SVG drawing as an image that a canvas can be painted with, on no background. */
export async function svgImage(svg: SVGSVGElement): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([svgText(svg, false)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Hands a file to the browser's downloads. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(URL.revokeObjectURL.bind(URL), 1000, link.href);
}

/** One action of the toolbar. */
export interface Action {
  label: string;
  description: string;
  /** A further class of its button. */
  look?: string;
  run: () => void;
}

/** A toolbar of small buttons, each reached by Tab and named for a screen reader. */
export function toolbar(actions: readonly Action[], name: string, signal: AbortSignal): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'hcnn-toolbar';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', `Export ${name}`);
  for (const action of actions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = `hcnn-toolbar-button ${action.look ?? ''}`.trim();
    button.textContent = action.label;
    button.title = action.description;
    button.setAttribute('aria-label', action.description);
    button.addEventListener('click', action.run, { signal });
    bar.append(button);
  }
  return bar;
}
