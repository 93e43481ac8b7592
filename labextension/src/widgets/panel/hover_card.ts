/** A small card with numbers beside what is pointed at; it stays within its panel. */
import { element } from './element';

/** How far it stands off what it is about. */
const GAP = 16;

/** One row of a card: a swatch's colour (or none), a name, a value. */
export interface CardRow {
  colour?: string | undefined;
  name: string;
  value: string;
  strong?: boolean;
}

/** What a card says. */
export interface CardContent {
  title: string;
  badge?: string | undefined;
  /** Pictures of what the numbers are about, side by side. */
  pictures?: readonly HTMLElement[] | undefined;
  rows: CardRow[];
  note?: string | undefined;
}

/** The card of a panel; hidden until there is something to show. */
export class HoverCard {
  readonly element = element('hcnn-card');

  /** The card is placed within `around`, which must be positioned. */
  constructor(private readonly around: HTMLElement) {
    this.element.hidden = true;
    this.element.setAttribute('aria-hidden', 'true');
    around.append(this.element);
  }

  /**
   * Shows the card beside a place, in pixels of the panel: right of `x`, or left of `before` where there is no room;
   * where there is none on either side, below or above `y`, so that what is pointed at stays in sight.
   */
  show(content: CardContent, x: number, y: number, before = x): void {
    this.element.replaceChildren(...cardNodes(content));
    this.element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const { clientWidth: room, clientHeight: depth } = this.around;
    const beside = x + GAP + width <= room ? x + GAP : before - GAP - width;
    const left = Math.max(0, beside < 0 ? room - width : Math.min(beside, room - width));
    const below = y + GAP + height <= depth ? y + GAP : y - GAP - height;
    const top = Math.max(0, Math.min(beside < 0 ? below : y - height / 2, depth - height));
    this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}

function cardNodes({ title, badge, pictures, rows, note }: CardContent): HTMLElement[] {
  const head = element('hcnn-card-title', title);
  if (badge) {
    head.append(element('hcnn-badge', badge, 'span'));
  }
  const nodes = [head];
  if (pictures?.length) {
    const row = element('hcnn-card-pictures');
    row.append(...pictures);
    nodes.push(row);
  }
  nodes.push(...rows.flatMap(rowNodes));
  if (note) {
    nodes.push(element('hcnn-card-note', note));
  }
  return nodes;
}

function rowNodes({ colour, name, value, strong }: CardRow): HTMLElement[] {
  const label = element(strong ? 'hcnn-card-name hcnn-mod-strong' : 'hcnn-card-name', name);
  if (colour) {
    const swatch = element('hcnn-card-swatch', '', 'span');
    swatch.style.background = colour;
    label.prepend(swatch);
  }
  return [label, element(strong ? 'hcnn-card-value hcnn-mod-strong' : 'hcnn-card-value', value)];
}
