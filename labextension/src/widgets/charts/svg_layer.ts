/** Drawing in SVG again and again: a shape keeps its element from one frame to the next, and so its focus. */

const SVG = 'http://www.w3.org/2000/svg';

/** Attributes of a shape; an undefined one is taken off. */
export type Attributes = Record<string, string | number | undefined>;

interface Shape {
  element: SVGElement;
  written: Map<string, string>;
  layer: Layer | null;
}

/** A new SVG element that stands nowhere yet. */
export function svgElement<K extends keyof SVGElementTagNameMap>(tag: K): SVGElementTagNameMap[K] {
  return document.createElementNS(SVG, tag);
}

/**
 * The children of an SVG element, each known by a key.
 *
 * Within `draw`, every shape is named with its attributes; what was there before is
 * changed where it differs, what is not named any more goes, and the order of naming is
 * the order of painting.
 */
export class Layer {
  private readonly shapes = new Map<string, Shape>();
  private readonly named = new Set<string>();

  constructor(readonly element: SVGElement) {}

  /** Names all that is to be seen. */
  draw(content: (layer: this) => void): void {
    this.named.clear();
    content(this);
    for (const [key, shape] of this.shapes) {
      if (!this.named.has(key)) {
        shape.element.remove();
        this.shapes.delete(key);
      }
    }
    this.arrange();
  }

  /** A shape, such as `shape('rect', 'bar-0', { x: 0, y: 10, width: 5, height: 20 })`. */
  shape(tag: keyof SVGElementTagNameMap, key: string, attributes: Attributes): SVGElement {
    return this.placed(tag, key, attributes).element;
  }

  /** A line of text. */
  text(key: string, text: string, attributes: Attributes): SVGElement {
    const element = this.shape('text', key, attributes);
    if (element.textContent !== text) {
      element.textContent = text;
    }
    return element;
  }

  /** What a pointer that rests on the group is told: the whole of a text, where it is not shown whole. */
  tooltip(whole: string, shown: string): void {
    if (whole !== shown) {
      const element = this.shape('title', 'tooltip', {});
      element.textContent = whole;
    }
  }

  /** A group with shapes of its own. */
  group(key: string, attributes: Attributes, content: (layer: Layer) => void): SVGElement {
    const shape = this.placed('g', key, attributes);
    shape.layer ??= new Layer(shape.element);
    shape.layer.draw(content);
    return shape.element;
  }

  /** A group whose shapes are drawn by themselves (`within`): they stay as they are. */
  kept(key: string, attributes: Attributes): void {
    const shape = this.placed('g', key, attributes);
    shape.layer ??= new Layer(shape.element);
  }

  /** The element of a key, if it is there. */
  find(key: string): SVGElement | undefined {
    return this.shapes.get(key)?.element;
  }

  /** The shapes within a group, to be drawn by themselves between two frames. */
  within(key: string): Layer | undefined {
    return this.shapes.get(key)?.layer ?? undefined;
  }

  private placed(tag: keyof SVGElementTagNameMap, key: string, attributes: Attributes): Shape {
    const shape = this.shapes.get(key) ?? this.made(tag, key);
    this.named.add(key);
    write(shape, attributes);
    return shape;
  }

  /** Brings the shapes into the order of naming, once those that are gone are gone: one that is moved loses its focus. */
  private arrange(): void {
    let place = this.element.firstChild;
    for (const key of this.named) {
      const { element } = this.shapes.get(key)!;
      if (element === place) {
        place = place.nextSibling;
      } else {
        this.element.insertBefore(element, place);
      }
    }
  }

  private made(tag: keyof SVGElementTagNameMap, key: string): Shape {
    const shape: Shape = { element: svgElement(tag), written: new Map(), layer: null };
    this.shapes.set(key, shape);
    return shape;
  }
}

/** Sets what differs from what was written before, and takes off what is named no more. */
function write(shape: Shape, attributes: Attributes): void {
  const { element, written } = shape;
  for (const name of written.keys()) {
    if (attributes[name] === undefined) {
      element.removeAttribute(name);
      written.delete(name);
    }
  }
  for (const [name, value] of Object.entries(attributes)) {
    const text = typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
    if (text !== undefined && written.get(name) !== text) {
      element.setAttribute(name, text);
      written.set(name, text);
    }
  }
}
