/**
 * What crosses between kernel and page: frames one way, short messages the other.
 *
 * A frame is a header (JSON) and values (little-endian bytes). Neither is trusted: a
 * reader asks for each field by name and type, and a frame that does not fit ends in a
 * FrameError whose message is a sentence that the panel shows.
 */

/** Names this page among those that show the same kernel: another tab, another browser. */
export const PAGE = `page-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/** Every header has it; the kernel counts its frames with it. */
export interface FrameHeader {
  sequence: number;
}

/** What every view says to the kernel; what a view says besides is declared beside it. */
export type FrameSignal =
  | { kind: 'ack'; sequence: number; page: string }
  | { kind: 'visible'; visible: boolean; page: string }
  | { kind: 'snapshot' };

/** A frame that cannot be drawn; its message is written for a reader. */
export class FrameError extends Error {
  override name = 'FrameError';
}

/** One line of a header's value for an error message. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Reads the fields of a header, refusing what does not fit. */
export class Fields {
  private readonly fields: Record<string, unknown>;

  constructor(
    header: unknown,
    private readonly where = 'header'
  ) {
    if (typeof header !== 'object' || header === null || Array.isArray(header)) {
      throw new FrameError(`The frame's ${where} should be an object; it is ${shown(header)}.`);
    }
    this.fields = header as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  integer(name: string, min = 0, max = Number.MAX_SAFE_INTEGER): number {
    const value = this.fields[name];
    const fits = Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
    return fits ? (value as number) : this.refuse(name, `a whole number of at least ${min}`);
  }

  number(name: string): number {
    const value = this.fields[name];
    return Number.isFinite(value) ? (value as number) : this.refuse(name, 'a finite number');
  }

  /** A number that may be left out (undefined or null). */
  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  text(name: string, otherwise?: string): string {
    const value = this.fields[name] ?? otherwise;
    return typeof value === 'string' ? value : this.refuse(name, 'text');
  }

  flag(name: string, otherwise?: boolean): boolean {
    const value = this.fields[name] ?? otherwise;
    return typeof value === 'boolean' ? value : this.refuse(name, 'true or false');
  }

  choice<T extends string>(name: string, choices: readonly T[]): T {
    const value = choices.find(choice => choice === this.fields[name]);
    return value ?? this.refuse(name, `one of ${choices.join(', ')}`);
  }

  texts(name: string): string[] {
    const value = this.list(name);
    return value.every(item => typeof item === 'string') ? value : this.refuse(name, 'a list of texts');
  }

  /** Whole numbers, as indices are. */
  integers(name: string): number[] {
    const value = this.list(name);
    const whole = (item: unknown): item is number => Number.isInteger(item);
    return value.every(whole) ? value : this.refuse(name, 'a list of whole numbers');
  }

  /** Rows of whole numbers, of any length each. */
  rowsOfIntegers(name: string): number[][] {
    const rows = this.list(name);
    const fits = (row: unknown): row is number[] => Array.isArray(row) && row.every(Number.isInteger);
    return rows.every(fits) ? rows : this.refuse(name, 'rows of whole numbers');
  }

  /** Finite numbers, `count` of them. */
  numbers(name: string, count: number): number[] {
    const value = this.list(name);
    const finite = (item: unknown): item is number => Number.isFinite(item);
    const fits = value.length === count && value.every(finite);
    return fits ? value : this.refuse(name, `a list of ${count} finite numbers`);
  }

  flags(name: string): boolean[] {
    const value = this.list(name);
    return value.every(item => typeof item === 'boolean')
      ? value
      : this.refuse(name, 'a list of true or false');
  }

  /** Rows of words and finite numbers; an empty cell is null. */
  table(name: string): (string | number | null)[][] {
    const fits = (cell: unknown): boolean =>
      cell === null || typeof cell === 'string' || Number.isFinite(cell);
    const rows = this.list(name);
    return rows.every(row => Array.isArray(row) && row.every(fits))
      ? (rows as (string | number | null)[][])
      : this.refuse(name, 'rows of words and numbers');
  }

  /** The objects of a list, each with a reader of its own. */
  children(name: string): Fields[] {
    return this.list(name).map((item, index) => new Fields(item, `${this.where}.${name}[${index}]`));
  }

  private list(name: string): unknown[] {
    const value = this.fields[name];
    return Array.isArray(value) ? value : this.refuse(name, 'a list');
  }

  private refuse(name: string, accepted: string): never {
    throw new FrameError(
      `The frame's ${this.where} needs \`${name}\` as ${accepted}; it has ${shown(this.fields[name])}.`
    );
  }
}

/** A view on the bytes of a trait, whatever the manager made of them. */
export function dataView(values: unknown): DataView {
  if (values instanceof DataView) {
    return values;
  }
  if (ArrayBuffer.isView(values)) {
    return new DataView(values.buffer, values.byteOffset, values.byteLength);
  }
  if (values instanceof ArrayBuffer) {
    return new DataView(values);
  }
  return new DataView(new ArrayBuffer(0));
}

/**
 * `length` float32 numbers from the `offset`-th float of a view on.
 * Not copied where the bytes lie on a multiple of four, as typed arrays demand.
 */
export function floats(view: DataView, offset = 0, length?: number): Float32Array {
  const count = length ?? Math.floor(view.byteLength / 4) - offset;
  if (offset < 0 || count < 0 || (offset + count) * 4 > view.byteLength) {
    throw new FrameError(
      `The frame should hold float32 numbers ${offset} to ${offset + count}; it has ${view.byteLength} bytes.`
    );
  }
  const start = view.byteOffset + offset * 4;
  if (start % 4 === 0) {
    return new Float32Array(view.buffer as ArrayBuffer, start, count);
  }
  return new Float32Array(view.buffer.slice(start, start + count * 4) as ArrayBuffer);
}

/** The bytes of a view; exactly `length` of them where a length is given. */
export function bytes(view: DataView, length?: number): Uint8Array {
  if (length !== undefined && view.byteLength !== length) {
    throw new FrameError(`The frame should hold ${length} bytes; it has ${view.byteLength}.`);
  }
  return new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset, view.byteLength);
}
