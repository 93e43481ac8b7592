/** What the sidebar says in words: sizes, training, and what is missing. */
import type { ListedModel, Shape, Situation, Training, TreeNode } from './tokens';

/** A notice in place of the tree; `code` is the line that helps, where there is one. */
export interface Notice {
  readonly text: string;
  readonly code?: string;
  readonly patient?: boolean;
}

const TIMES = '\u2009×\u2009';
const KIND_WORDS = {
  model: 'Model',
  input: 'Input',
  area: 'Area',
  goal: '',
  layer: 'Layer',
  more: ''
} as const;

/** The line that imports the package. */
export const IMPORT_LINE = 'import hcnn_widgets as hw';
/** The line that makes a model. */
export const MODEL_LINE = 'model = hw.GoalDrivenModel(architecture=hw.architecture.hcnn())';

/** Says why there is no tree; null where there is one. */
export function notice(situation: Situation): Notice | null {
  switch (situation.kind) {
    case 'no-notebook':
      return { text: 'Open a notebook: the models of its kernel are listed here.' };
    case 'no-kernel':
      return { text: 'The notebook in front has no running kernel. Start one from its Kernel menu.' };
    case 'waiting':
      return { text: 'Waiting for the kernel. A cell that is running may have to end first.', patient: true };
    case 'not-imported':
      return { text: 'This kernel has not imported hcnn_widgets yet. In a cell:', code: IMPORT_LINE };
    case 'listed':
      return situation.snapshot.models.length > 0 || situation.snapshot.problem !== ''
        ? null
        : { text: 'No model in this notebook yet. This line makes one:', code: MODEL_LINE };
  }
}

/** What to call a row. A model is called as the reader types it. */
export function nameOf(node: TreeNode | ListedModel): string {
  return 'key' in node ? (node.variable ?? node.name) : node.name;
}

/** The same, short: within V1 the layer V1.filter is the filter. */
export function shortName(node: TreeNode | ListedModel, within: string | null): string {
  const name = nameOf(node);
  const prefix = `${within}.`;
  return within !== null && name.startsWith(prefix) && name !== prefix ? name.slice(prefix.length) : name;
}

/** 31 × 31 × 32; several outputs are parted by commas, a size that is not fixed is "any". */
export function shapeText(shapes: readonly Shape[]): string {
  const one = (shape: Shape): string => shape.map(size => size ?? 'any').join(TIMES) || 'scalar';
  return shapes.map(one).join(', ');
}

/** 1,234 with thousands parted; nothing where there are none yet. */
export function countText(count: number | null): string {
  return count === null ? '' : count.toLocaleString('en');
}

/** 950, 12.3 k, 4.57 M: what fits beside a name. */
export function shortCount(count: number | null): string {
  if (count === null) {
    return '';
  }
  const units = ['', ' k', ' M', ' G', ' T'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(count, 1)) / 3)));
  const scaled = count / 1000 ** power;
  return (power === 0 ? String(count) : String(Number(scaled.toPrecision(3)))) + units[power]!;
}

/** 48 s, 2 min 5 s, 1 h 3 min. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How far: step 120 of 900. */
export function stepsText(training: Training): string {
  if (training.nSteps > 0) {
    return `step ${countText(training.stepsDone)} of ${countText(training.nSteps)}`;
  }
  return training.stepsDone > 0 ? `step ${countText(training.stepsDone)}` : '';
}

/** How long still: 12 s left; nothing where that is not known. */
export function leftText(training: Training): string {
  return training.alive && training.timeLeft !== null ? `${durationText(training.timeLeft)} left` : '';
}

/** How far and how long still: step 120 of 900, 12 s left. */
export function progressText(training: Training): string {
  return [stepsText(training), leftText(training)].filter(part => part !== '').join(', ');
}

/** The whole row of a node as a sentence, for its title and for readers who hear it. */
export function rowText(node: TreeNode | ListedModel): string {
  const degrees = (name: string, value: number | null): string => (value === null ? '' : `${name} ${value}°`);
  const aliases = 'key' in node ? node.aliases : [];
  const parts = [
    [KIND_WORDS[node.kind], nameOf(node), node.type && `(${node.type})`].filter(Boolean).join(' '),
    aliases.length > 0 ? `also ${aliases.join(', ')}` : '',
    node.shapes.length > 0 ? `output ${shapeText(node.shapes)}` : '',
    node.nParameters === null || node.kind === 'input' ? '' : parametersText(node.nParameters),
    degrees('receptive field', node.receptiveField),
    degrees('stride', node.stride)
  ];
  const note = node.note === '' ? '' : `. ${node.note}`;
  return parts.filter(part => part !== '').join(', ') + note;
}

/** A training as a sentence. */
export function trainingText(training: Training): string {
  return [training.state, progressText(training), training.score].filter(part => part !== '').join(', ');
}

function parametersText(count: number): string {
  return count === 1 ? '1 parameter' : `${countText(count)} parameters`;
}
