/** Reads what the kernel tells; what does not fit is refused with a sentence for the reader. */
import { Fields, FrameError } from '../wire';
import type { ListedModel, Shape, Snapshot, Training, TreeNode } from './tokens';
import { NODE_KINDS } from './tokens';

/** A tree deeper than this is no model's: its rows would have no room. */
const DEEPEST = 12;

type Raw = Record<string, unknown>;

/** Reads a message of kind "models". Throws a FrameError where it is none. */
export function readSnapshot(message: unknown): Snapshot {
  const fields = new Fields(message, 'list of models');
  fields.choice('kind', ['models']);
  return {
    sequence: fields.integer('sequence'),
    models: objects(fields, message as Raw, 'models').map(readModel),
    problem: fields.text('problem', '')
  };
}

function readModel(raw: Raw): ListedModel {
  const fields = new Fields(raw, 'model');
  return {
    ...readNode(raw),
    key: fields.text('key'),
    variable: fields.has('variable') ? fields.text('variable') : null,
    aliases: fields.has('aliases') ? fields.texts('aliases') : [],
    training: fields.has('training') ? readTraining(raw.training as Raw) : null
  };
}

function readNode(raw: Raw, depth = 0): TreeNode {
  const fields = new Fields(raw, 'model');
  const children = depth < DEEPEST ? objects(fields, raw, 'children') : [];
  return {
    kind: fields.choice('kind', NODE_KINDS),
    name: fields.text('name'),
    type: fields.text('type', ''),
    shapes: readShapes(raw.shapes),
    nParameters: fields.has('n_parameters') ? fields.integer('n_parameters') : null,
    note: fields.text('note', ''),
    children: children.map(child => readNode(child, depth + 1)),
    receptiveField: fields.optionalNumber('receptive_field') ?? null,
    stride: fields.optionalNumber('stride') ?? null
  };
}

function readTraining(raw: Raw): Training {
  const fields = new Fields(raw, 'training');
  return {
    state: fields.text('state'),
    message: fields.text('message', ''),
    alive: fields.flag('alive'),
    stoppable: fields.flag(fields.has('stoppable') ? 'stoppable' : 'alive'),
    stepsDone: fields.integer('steps_done'),
    nSteps: fields.integer('n_steps'),
    timeLeft: fields.optionalNumber('time_left_s') ?? null,
    score: fields.text('score', '')
  };
}

function readShapes(raw: unknown): Shape[] {
  const isSize = (size: unknown): boolean => size === null || Number.isInteger(size);
  const isShape = (shape: unknown): boolean => Array.isArray(shape) && shape.every(isSize);
  if (!Array.isArray(raw) || !raw.every(isShape)) {
    throw new FrameError('The list of models needs `shapes` as lists of whole numbers or null.');
  }
  return raw as Shape[];
}

/** The objects of a list as they came, once each is known to be one. */
function objects(fields: Fields, raw: Raw, name: string): Raw[] {
  fields.children(name);
  return raw[name] as Raw[];
}
