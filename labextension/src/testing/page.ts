/** Stand-ins for what jsdom lacks, and a view mounted on a model, for the tests of all panels. */
import { vi } from 'vitest';

import type { FrameModel, FrameView } from '../widgets/panel/frame_view';

type Callback = (entries: { isIntersecting: boolean; contentRect: { width: number } }[]) => void;

/** An observer that reports when it is told to, and knows whether it still observes. */
class StandInObserver {
  static living = new Set<StandInObserver>();
  constructor(readonly report: Callback) {}
  observe(): void {
    StandInObserver.living.add(this);
  }
  disconnect(): void {
    StandInObserver.living.delete(this);
  }
}

class StandInIntersectionObserver extends StandInObserver {}
class StandInResizeObserver extends StandInObserver {}

/** A page whose frames, visibility and width a test decides. */
export interface Page {
  /** Lets one animation frame pass. */
  frame(): void;
  /** How many animation frames are asked for. */
  requested(): number;
  /** Puts all panels on or off screen. */
  see(visible: boolean): void;
  /** Gives all panels a width. */
  widen(width: number): void;
  /** How many observers of size, visibility and theme still observe. */
  observers(): number;
  /** How many listeners on targets outside of `inside` have not been taken off. */
  listeners(inside: Element): number;
}

/** Counts the listeners that are added with a signal, and those without. */
function watchListeners(): (inside: Element) => number {
  const added: { target: EventTarget; signal: AbortSignal | undefined }[] = [];

  const original = EventTarget.prototype.addEventListener;
  vi.spyOn(EventTarget.prototype, 'addEventListener').mockImplementation(function (
    this: EventTarget,
    ...args: Parameters<typeof original>
  ) {
    const options = args[2];
    const isSignal = typeof AbortSignal !== 'undefined' && this instanceof AbortSignal;
    if (!isSignal) {
      added.push({ target: this, signal: typeof options === 'object' ? options.signal : undefined });
    }
    original.apply(this, args);
  });
  return inside =>
    added.filter(({ target, signal }) => {
      const within = target instanceof Node && target !== document && inside.contains(target);
      return signal === undefined ? !within : !signal.aborted;
    }).length;
}

const views = new Set<{ remove(): unknown }>();

/** Puts the stand-ins on an empty page; call it in beforeEach (the configuration takes them away after each test). */
export function standIns(): Page {
  views.forEach(view => view.remove());
  views.clear();
  document.body.replaceChildren();
  StandInObserver.living.clear();
  let pending = new Map<number, FrameRequestCallback>();
  let next = 1;
  let themes = 0;
  const disconnect = MutationObserver.prototype.disconnect;
  const observe = MutationObserver.prototype.observe;
  vi.spyOn(MutationObserver.prototype, 'observe').mockImplementation(function (
    this: MutationObserver,
    ...args
  ) {
    themes += 1;
    observe.apply(this, args);
  });
  vi.spyOn(MutationObserver.prototype, 'disconnect').mockImplementation(function (this: MutationObserver) {
    themes -= 1;
    disconnect.apply(this);
  });
  vi.stubGlobal('IntersectionObserver', StandInIntersectionObserver);
  vi.stubGlobal('ResizeObserver', StandInResizeObserver);
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    pending.set(next, callback);
    return next++;
  });
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => pending.delete(handle));
  const report = (kind: typeof StandInObserver, visible: boolean, width: number): void =>
    [...StandInObserver.living]
      .filter(observer => observer instanceof kind)
      .forEach(observer => observer.report([{ isIntersecting: visible, contentRect: { width } }]));
  return {
    frame: () => {
      const due = [...pending.values()];
      pending = new Map();
      due.forEach(callback => callback(0));
    },
    requested: () => pending.size,
    see: visible => report(StandInIntersectionObserver, visible, 0),
    widen: width => report(StandInResizeObserver, false, width),
    observers: () => StandInObserver.living.size + themes,
    listeners: watchListeners()
  };
}

/** The state of a model as a frame sets it. */
export interface State {
  header?: unknown;
  values?: DataView;
  message?: string;
  wrong?: boolean;
  notice?: string;
}

/** A view of `View` on a model of `Model`, rendered into the page; `sent` fills with what it tells the kernel. */
export function mounted<V extends FrameView<unknown>>(
  View: new (options: never) => V,
  Model: typeof FrameModel,
  state: State = {},
  width = 480
): { view: V; model: FrameModel; sent: Record<string, unknown>[]; stage: HTMLElement } {
  const sent: Record<string, unknown>[] = [];
  const comm = {
    comm_id: 'comm',
    target_name: 'jupyter.widget',
    on_msg: () => undefined,
    on_close: () => undefined,
    send: (data: { content?: Record<string, unknown> }) => {
      sent.push(data.content ?? {});
      return 'message';
    }
  };
  const options = { model_id: 'model', comm, widget_manager: { callbacks: () => ({}) } };
  const model = new Model(state, options);
  const view = new View({ model, options: {} } as never);
  Object.defineProperty(HTMLElement.prototype, 'clientWidth', { configurable: true, get: () => width });
  document.body.append(view.el);
  views.add(view);
  view.render();
  return { view, model, sent, stage: view.el.querySelector<HTMLElement>('.hcnn-stage')! };
}

/** Sets a new frame as the kernel does: header and values together. */
export function arrive(model: FrameModel, state: State): void {
  model.set(state);
}

/** Bytes as they lie in a message: not at its beginning. */
export function inMessage(bytes: ArrayLike<number>, lead = 3): DataView {
  const buffer = new Uint8Array(lead + bytes.length);
  buffer.set(bytes, lead);
  return new DataView(buffer.buffer, lead, bytes.length);
}

/** What a file holds (jsdom's Blob has no text()). */
export function textOf(blob: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('The file could not be read.'));
    reader.readAsText(blob);
  });
}
