/** One row of the tree as elements that stay while the row stays: only what has changed is written. */
import type { Row } from './rows';
import type { Training } from './tokens';
import { leftText, rowText, shapeText, shortCount, shortName, stepsText, trainingText } from './words';

/** The key that ends the training of the active row, in small letters. */
export const STOP_KEY = 's';
const STOP_TITLE = 'Stop the training (S): the network keeps what it has learned';

/** Whether there is a training to be stopped, and nobody has stopped it yet. */
export function canStop(training: Training): boolean {
  return training.stoppable && training.state !== 'stopping';
}

/** The elements of a row. */
export class RowView {
  readonly element = document.createElement('div');
  private readonly line = child(this.element, 'hcnn-tree-line');
  private readonly twisty = child(this.line, 'hcnn-tree-twisty');
  private readonly name = child(this.line, 'hcnn-tree-name');
  private readonly shape = child(this.line, 'hcnn-tree-shape');
  private readonly count = child(this.line, 'hcnn-tree-count');
  private training: TrainingView | null = null;

  constructor() {
    this.element.className = 'hcnn-tree-row';
    this.element.setAttribute('role', 'treeitem');
    this.element.tabIndex = -1;
    this.twisty.setAttribute('aria-hidden', 'true');
  }

  draw(row: Row): void {
    const { node, training, open } = row;
    const spoken = rowText(node);
    set(this.element, 'data-id', row.id);
    set(this.element, 'data-kind', node.kind);
    set(this.element, 'aria-level', String(row.level));
    set(this.element, 'aria-posinset', String(row.position));
    set(this.element, 'aria-setsize', String(row.siblings));
    set(this.element, 'aria-expanded', open === null ? null : String(open));
    set(
      this.element,
      'aria-keyshortcuts',
      training !== null && canStop(training) ? STOP_KEY.toUpperCase() : null
    );
    set(this.element, 'aria-label', training === null ? spoken : `${spoken}. ${trainingText(training)}`);
    this.line.title = spoken;
    write(this.name, shortName(node, row.within));
    write(this.shape, node.shapes.length > 0 ? shapeText(node.shapes) : node.note.split(':')[0]!);
    write(this.count, node.kind === 'input' ? '' : shortCount(node.nParameters));
    this.drawTraining(training);
  }

  private drawTraining(training: Training | null): void {
    if (training === null) {
      this.training?.element.remove();
      this.training = null;
      return;
    }
    this.training ??= new TrainingView();
    this.training.draw(training);
    if (this.training.element.parentElement === null) {
      this.element.append(this.training.element);
    }
  }
}

/** How a model's training stands: a line for its state, for its steps and for its score, and a bar. */
class TrainingView {
  readonly element = document.createElement('div');
  private readonly head = child(this.element, 'hcnn-training-head');
  private readonly progress = child(this.head, 'hcnn-training-line');
  private readonly stop = document.createElement('button');
  private readonly bar = child(this.element, 'hcnn-training-bar');
  private readonly done = child(this.bar, 'hcnn-training-done');
  private readonly steps = child(this.element, 'hcnn-training-line');
  private readonly score = child(this.element, 'hcnn-training-line');

  constructor() {
    this.element.className = 'hcnn-training';
    this.stop.type = 'button';
    this.stop.className = 'hcnn-training-stop';
    this.stop.textContent = 'Stop';
    this.stop.title = STOP_TITLE;
    this.stop.tabIndex = -1; // the tree is one stop of the tab key: its rows have the key in place of it
    this.head.append(this.stop);
    this.bar.setAttribute('role', 'progressbar');
    this.bar.setAttribute('aria-label', 'Training');
    this.bar.setAttribute('aria-valuemin', '0');
  }

  draw(training: Training): void {
    const failed = training.state === 'failed';
    const share = training.nSteps > 0 ? Math.min(1, training.stepsDone / training.nSteps) : 0;
    set(this.element, 'data-state', training.state);
    write(this.progress, [training.state, leftText(training)].filter(part => part !== '').join(', '));
    this.progress.title = training.message;
    this.stop.hidden = !training.alive;
    this.stop.disabled = !canStop(training);
    set(this.bar, 'aria-valuenow', String(training.stepsDone));
    set(this.bar, 'aria-valuemax', String(training.nSteps));
    this.done.style.width = `${(100 * share).toFixed(1)}%`;
    write(this.steps, stepsText(training));
    write(this.score, failed ? training.message : training.score);
  }
}

function child(parent: HTMLElement, className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  parent.append(element);
  return element;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function set(element: HTMLElement, name: string, value: string | null): void {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
