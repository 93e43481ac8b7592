/**
 * Still pictures that the kernel has left, put in their place in the notebook: twin of still_picture.py.
 *
 * JupyterLab brings an output up to date as long as it remembers which cell it is from. After a reload it does not;
 * the panel's model, which a reload brings back, then says what its output should hold.
 */
import type { WidgetModel } from '@jupyter-widgets/base';

const VIEW = 'application/vnd.jupyter.widget-view+json';
const PNG = 'image/png';
/** The note that the file of each still picture begins with, in base64 (still_output.css looks for it, too). */
export const STILL = 'WHRTb2Z0d2FyZQBoY25uX3dpZGdldHM6IHN0aWxsIHBpY3R1cmUg';

/** What is needed of the outputs of a cell, and of a notebook. */
interface Outputs {
  readonly length: number;
  get(index: number): { readonly data: Record<string, unknown> };
  set(index: number, output: object): void;
}
interface Home {
  context?: {
    ready: Promise<void>;
    model?: { cells?: Iterable<{ outputs?: Outputs }> };
  };
}
interface Still {
  data: Record<string, string>;
  metadata: object;
}

/** Has the notebook of a model hold, from now on, what its trait `stills` says: the output of each panel, by its id. */
export function keepStills(model: WidgetModel): void {
  const { context } = (model.widget_manager ?? {}) as Home;
  if (context) {
    const put = (): void => putStills(context.model?.cells ?? [], stillsOf(model));
    model.on('change:stills', put);
    void context.ready.then(put);
  }
}

function stillsOf(model: WidgetModel): [string, Still][] {
  const stills = Object.entries((model.get('stills') ?? {}) as Record<string, Partial<Still>>);
  return stills.filter((entry): entry is [string, Still] => isStill(entry[1]?.data?.[PNG]));
}

function putStills(cells: Iterable<{ outputs?: Outputs }>, stills: [string, Still][]): void {
  for (const { outputs } of cells) {
    for (const [id, still] of outputs ? stills : []) {
      const place = placeOf(outputs!, id);
      if (place !== null && outputs!.get(place).data[PNG] !== still.data[PNG]) {
        outputs!.set(place, { output_type: 'display_data', ...still });
      }
    }
  }
}

/** Where the picture of a panel lies: after its live view, and before that of the next. */
function placeOf(outputs: Outputs, id: string): number | null {
  let found = false;
  for (let place = 0; place < outputs.length; place += 1) {
    const { data } = outputs.get(place);
    if (VIEW in data) {
      found = (data[VIEW] as { model_id?: unknown } | null)?.model_id === id;
    } else if (found && isStill(data[PNG])) {
      return place;
    }
  }
  return null;
}

function isStill(png: unknown): png is string {
  return typeof png === 'string' && png.includes(STILL);
}
