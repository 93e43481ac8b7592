/** Numbers as words on a chart, and how much room words take. */

const MINUS = '\u2212';
/** Widths of letters in sizes of the font: as in scene/word_room.py, which says of which font. */
const EMS = new Map(
  (
    [
      [0.3, "iljIJ'"],
      [0.34, ' .,:;-|/!'],
      [0.4, 'tfr()[]'],
      [0.58, 'csvxyzk?_–°'],
      [0.84, 'w=+<>~&#−×±↑↓→≈≤≥'],
      [0.98, 'mMW@%…—']
    ] as const
  ).flatMap(([ems, letters]) => [...letters].map((letter): [string, number] => [letter, ems]))
);
const CAPITAL = 0.72;
const OTHER = 0.64;
const BOLD = 1.13;

/** About how wide a line of text is, in pixels: a little too wide rather than too narrow. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const letter of text) {
    ems += EMS.get(letter) ?? (letter >= 'A' && letter <= 'Z' ? CAPITAL : OTHER);
  }
  return ems * size * (bold ? BOLD : 1);
}

/** Breaks a text into lines no wider than `width`, between words. */
export function wrapped(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim();
    if (lines.length > 0 && textWidth(longer, size) <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** A text cut to a width, with an ellipsis where it is cut. */
export function shortened(text: string, width: number, size: number, bold = false): string {
  let kept = text;
  while (kept.length > 1 && textWidth(kept === text ? text : `${kept}…`, size, bold) > width) {
    kept = kept.slice(0, -1);
  }
  return kept === text ? text : `${kept.trimEnd()}…`;
}

/** A name cut to a width in its middle: what layers of one network differ by stands at the end. */
export function clipped(text: string, width: number, size: number, bold = false): string {
  const letters = [...text];
  const cut = (kept: number): string => {
    const head = Math.ceil(kept / 2);
    return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (kept - head)).join('')}`;
  };
  let [kept, shown] = [letters.length, text];
  while (kept > 2 && textWidth(shown, size, bold) > width) {
    kept -= 1;
    shown = cut(kept);
  }
  return shown;
}

/** Breaks a text into pieces no wider than `width`, wherever that is: for names without spaces. */
export function broken(text: string, width: number, size: number): string[] {
  const pieces: string[] = [];
  for (const letter of text) {
    const longer = `${pieces.at(-1) ?? ''}${letter}`;
    if (pieces.length > 0 && textWidth(longer, size) <= width) {
      pieces[pieces.length - 1] = longer;
    } else {
      pieces.push(letter);
    }
  }
  return pieces;
}

/** A score with two decimals: 0.47; a dash where it is not known. */
export function scoreText(value: number): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== '0.00' ? MINUS + text : text;
}

/** A measured value with three digits: 0.0123, 1.24, 321; a dash where it is not known. */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 1e-3 && size < 1e4);
  const text = !plain ? value.toExponential(1) : size >= 999.5 ? value.toFixed(0) : value.toPrecision(3);
  return text.replace('-', MINUS);
}

/** A tick of an axis: 0.5, 800, 1.2k, 3M. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  const [unit, name] = size >= 1e6 ? [1e6, 'M'] : size >= 1e3 ? [1e3, 'k'] : [1, ''];
  const text = String(Number((value / unit).toPrecision(4)));
  return text.replace('-', MINUS) + name;
}

/** A count with commas: 12,400. */
export function countText(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** A text whose first letter is a capital. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
