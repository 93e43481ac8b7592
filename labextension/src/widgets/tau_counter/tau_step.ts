/** One step of the count, in words, numbers and images; keeps its size whatever it shows. */
import { valueText } from '../charts/chart_words';
import {
  type Step,
  type TauFrame,
  beginning,
  countsAt,
  formula,
  relation,
  stepAt,
  verdictWords
} from './tau_frame';
import { element } from '../panel/element';
import type { ImageSheet } from '../panel/image_sheet';

const SIDE = 52;

export class StepView {
  readonly element = element('hcnn-tau-step');
  private readonly pairs = element('hcnn-tau-pairs');
  private readonly verdict = element('hcnn-tau-verdict');
  private readonly counts = element('hcnn-tau-counts');
  private readonly formula = element('hcnn-tau-formula');

  constructor() {
    this.element.setAttribute('aria-hidden', 'true'); // it is all said aloud, step by step
    this.element.append(this.pairs, this.verdict, this.counts, this.formula);
  }

  /** Shows a step, or none before the first. */
  show(frame: TauFrame, step: Step | null, position: number, sheet: ImageSheet): void {
    this.pairs.replaceChildren(...(step ? pairNodes(frame, step, sheet) : beginningNodes(frame, sheet)));
    this.verdict.className = `hcnn-tau-verdict${step ? ` hcnn-mod-${step.verdict}` : ''}`;
    this.verdict.textContent = step
      ? verdictWords(step.verdict)
      : 'Nothing is counted yet: press Step for the first two pairs, or Play.';
    const counts = countsAt(frame, position);
    const badges = (['concordant', 'discordant', 'tied'] as const).map(verdict => {
      const badge = element(`hcnn-tau-badge hcnn-mod-${verdict}`, '', 'span');
      badge.append(element('hcnn-tau-number', String(counts[verdict]), 'strong'), ` ${verdict}`);
      return badge;
    });
    const ahead = element('hcnn-tau-ahead', `step ${position} of ${frame.steps}`, 'span');
    this.counts.replaceChildren(...badges, ahead);
    this.formula.textContent = formula(frame, position);
    this.formula.classList.toggle('hcnn-mod-complete', position === frame.steps);
  }
}

/** A row of headings with the images, then a row of numbers per RDM. */
function pairNodes(frame: TauFrame, { pairs, values }: Step, sheet: ImageSheet): HTMLElement[] {
  const heads = pairs.map((pair, i) => {
    const head = element('hcnn-tau-pair');
    head.append(
      element('hcnn-tau-letter', 'AB'[i], 'strong'),
      ...pair.map(row => figure(sheet, frame.rows[row]!))
    );
    return head;
  });
  const rows = frame.names.flatMap((name, i) => {
    const [one, other] = values[i]!;
    const sign = relation(one, other);
    const more = { '>': 'A more unlike', '<': 'B more unlike', '=': 'equally unlike' }[sign];
    return [
      element('hcnn-tau-name', name),
      element('hcnn-tau-value', valueText(one)),
      element('hcnn-tau-sign', sign),
      element('hcnn-tau-value', valueText(other)),
      element('hcnn-tau-more', more)
    ];
  });
  return [corner(), heads[0]!, element('hcnn-tau-sign'), heads[1]!, corner(), ...rows];
}

function corner(): HTMLElement {
  return element('hcnn-tau-corner');
}

/** A picture with one line beneath: its category, or its name where it has none. */
function figure(sheet: ImageSheet, image: number): HTMLElement {
  const made = sheet.figure(image, SIDE, 150);
  made.title = sheet.name(image);
  made
    .querySelector('figcaption')
    ?.replaceChildren(element('hcnn-tau-caption-line', sheet.label(image) || sheet.id(image)));
  return made;
}

/** What is going to be counted, in the room of a step: the first one stands there unseen, so that it will move nothing. */
function beginningNodes(frame: TauFrame, sheet: ImageSheet): HTMLElement[] {
  const unseen = pairNodes(frame, stepAt(frame, 0), sheet);
  unseen.forEach(node => node.classList.add('hcnn-mod-unseen'));
  return [...unseen, element('hcnn-tau-beginning', beginning(frame))];
}
