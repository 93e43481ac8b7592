/** One step of the count, in words, numbers and images; keeps its size whatever it shows. */
import { valueText } from './chart_words';
import { type Step, type TauFrame, countsAt, formula, relation, verdictWords } from './tau_frame';
import type { ImageSheet } from './image_sheet';

const SIDE = 52;

function div(className: string, text = '', tag: 'div' | 'span' | 'strong' = 'div'): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

export class StepView {
  readonly element = div('hcnn-tau-step');
  private readonly pairs = div('hcnn-tau-pairs');
  private readonly verdict = div('hcnn-tau-verdict');
  private readonly counts = div('hcnn-tau-counts');
  private readonly formula = div('hcnn-tau-formula');

  constructor() {
    this.element.setAttribute('aria-hidden', 'true'); // it is all said aloud, step by step
    this.element.append(this.pairs, this.verdict, this.counts, this.formula);
  }

  /** Shows a step, or none before the first. */
  show(frame: TauFrame, step: Step | null, position: number, sheet: ImageSheet): void {
    this.pairs.replaceChildren(...(step ? pairNodes(frame, step, sheet) : placeHolders(sheet)));
    this.verdict.className = `hcnn-tau-verdict${step ? ` hcnn-mod-${step.verdict}` : ''}`;
    this.verdict.textContent = step
      ? verdictWords(step.verdict)
      : 'A step compares two pairs of images, A and B: which pair does each RDM find more unlike?';
    const counts = countsAt(frame, position);
    const badges = (['concordant', 'discordant', 'tied'] as const).map(verdict => {
      const badge = div(`hcnn-tau-badge hcnn-mod-${verdict}`, '', 'span');
      badge.append(div('hcnn-tau-number', String(counts[verdict]), 'strong'), ` ${verdict}`);
      return badge;
    });
    const ahead = div('hcnn-tau-ahead', `step ${position} of ${frame.steps}`, 'span');
    this.counts.replaceChildren(...badges, ahead);
    this.formula.textContent = formula(frame, position);
    this.formula.classList.toggle('hcnn-mod-complete', position === frame.steps);
  }
}

/** A row of headings with the images, then a row of numbers per RDM. */
function pairNodes(frame: TauFrame, { pairs, values }: Step, sheet: ImageSheet): HTMLElement[] {
  const heads = pairs.map((pair, i) => {
    const head = div('hcnn-tau-pair');
    head.append(
      div('hcnn-tau-letter', 'AB'[i], 'strong'),
      ...pair.map(row => figure(sheet, frame.rows[row]!))
    );
    return head;
  });
  const rows = frame.names.flatMap((name, i) => {
    const [one, other] = values[i]!;
    const sign = relation(one, other);
    const more = { '>': 'A more unlike', '<': 'B more unlike', '=': 'equally unlike' }[sign];
    return [
      div('hcnn-tau-name', name),
      div('hcnn-tau-value', valueText(one)),
      div('hcnn-tau-sign', sign),
      div('hcnn-tau-value', valueText(other)),
      div('hcnn-tau-more', more)
    ];
  });
  return [corner(), heads[0]!, div('hcnn-tau-sign'), heads[1]!, corner(), ...rows];
}

function corner(): HTMLElement {
  return div('hcnn-tau-corner');
}

/** A picture with one line beneath: its category, or its name where it has none. */
function figure(sheet: ImageSheet, image: number): HTMLElement {
  const element = sheet.figure(image, SIDE, 150);
  element.title = sheet.name(image);
  element
    .querySelector('figcaption')
    ?.replaceChildren(div('hcnn-tau-caption-line', sheet.label(image) || sheet.id(image)));
  return element;
}

/** As high as a step, so that the first one moves nothing. */
function placeHolders(sheet: ImageSheet): HTMLElement[] {
  const empty = div('hcnn-tau-pair');
  const room = sheet.pictured && sheet.width > 0 ? SIDE * Math.min(1, sheet.height / sheet.width) : 0;
  empty.style.height = `${Math.round(room) + (sheet.pictured ? 21 : 19)}px`;
  const blank = (kind: string): HTMLElement => div(kind, '\u00a0');
  const row = ['hcnn-tau-name', 'hcnn-tau-value', 'hcnn-tau-sign', 'hcnn-tau-value', 'hcnn-tau-more'];
  const rows = [...row, ...row].map(blank);
  return [corner(), empty, blank('hcnn-tau-sign'), div('hcnn-tau-pair'), corner(), ...rows];
}
