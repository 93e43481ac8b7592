/** What the parts of the sidebar call things: what the kernel tells, and how a kernel stands. */

/** The comm target of both halves, as in hcnn_widgets/explorer/comm.py. */
export const TARGET = 'hcnn_widgets.explorer';
export const PANEL_ID = 'hcnn-models';
export const SHOW_COMMAND = 'hcnn-widgets:show-models';

/** A size of an output; null where it is not fixed. */
export type Shape = readonly (number | null)[];

export const NODE_KINDS = ['model', 'input', 'area', 'goal', 'layer', 'more'] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** A model, an area or a layer, as hcnn_widgets/explorer/description.py gives it. */
export interface TreeNode {
  readonly kind: NodeKind;
  readonly name: string;
  /** The Python class; empty where there is none. */
  readonly type: string;
  /** One for each output, without the stimuli. */
  readonly shapes: readonly Shape[];
  /** Null before there are any. */
  readonly nParameters: number | null;
  /** A sentence where something is missing, else empty. */
  readonly note: string;
  readonly children: readonly TreeNode[];
  /** In degrees of visual angle; null where they are not known. */
  readonly receptiveField: number | null;
  readonly stride: number | null;
}

/** How far a model's training has come, as hcnn_widgets/explorer/run_state.py gives it. */
export interface Training {
  readonly state: string;
  readonly message: string;
  readonly alive: boolean;
  /** Whether a stop would be heard: not by a training that has not begun, nor by one that holds the kernel. */
  readonly stoppable: boolean;
  readonly stepsDone: number;
  /** In all; 0 where that is not known. */
  readonly nSteps: number;
  readonly timeLeft: number | null;
  /** The newest score in words; empty where it is not known. */
  readonly score: string;
}

/** A model of the notebook. */
export interface ListedModel extends TreeNode {
  /** Tells it from the kernel's other models. */
  readonly key: string;
  /** What to type to get it; null where no variable reaches it. */
  readonly variable: string | null;
  readonly aliases: readonly string[];
  readonly training: Training | null;
}

/** All that the kernel tells at once. */
export interface Snapshot {
  readonly sequence: number;
  readonly models: readonly ListedModel[];
  readonly problem: string;
}

/** How a notebook's kernel stands with the sidebar. */
export type Situation =
  | { readonly kind: 'no-notebook' }
  | { readonly kind: 'no-kernel' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'not-imported' }
  | { readonly kind: 'listed'; readonly snapshot: Snapshot };
