/** The sidebar: the notebook's name, the tree of its models, or in words why there is none. */
import { Widget } from '@lumino/widgets';

import { Expansions } from './expansions';
import type { ExplorerModel } from './model';
import { PANEL_ID } from './tokens';
import { Tree } from './tree';
import { type Notice, notice } from './words';

/** Draws once a frame at most, and only while it can be seen; then tells the kernel that it has. */
export class ExplorerPanel extends Widget {
  private readonly heading = part('hcnn-models-notebook');
  private readonly columns = part('hcnn-models-columns');
  private readonly tree: Tree;
  private readonly problem = part('hcnn-models-problem');
  private readonly notice = part('hcnn-models-notice');
  private readonly listeners = new AbortController();
  private request = 0;

  constructor(
    private readonly model: ExplorerModel,
    expansions = new Expansions()
  ) {
    super();
    this.id = PANEL_ID;
    this.addClass('hcnn-models');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Models');
    this.tree = new Tree(expansions, key => this.model.stop(key));
    this.problem.setAttribute('role', 'alert');
    this.notice.setAttribute('role', 'status');
    this.columns.setAttribute('aria-hidden', 'true');
    this.columns.append(...['model', 'output, parameters'].map(text => part('', text)));
    this.node.append(this.heading, this.problem, this.columns, this.tree.element, this.notice);
    model.changed.connect(this.onChanged);
    document.addEventListener('visibilitychange', this.look, { signal: this.listeners.signal });
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this.model.changed.disconnect(this.onChanged);
    this.listeners.abort();
    cancelAnimationFrame(this.request);
    this.model.look(false);
    this.tree.dispose();
    super.dispose();
  }

  protected override onAfterShow(): void {
    this.look();
  }

  protected override onAfterAttach(): void {
    this.look();
  }

  protected override onAfterHide(): void {
    this.look();
  }

  protected override onBeforeDetach(): void {
    this.model.look(false);
  }

  private get seen(): boolean {
    return this.isVisible && document.visibilityState !== 'hidden';
  }

  private readonly look = (): void => {
    this.model.look(this.seen);
    this.onChanged();
  };

  private readonly onChanged = (): void => {
    if (this.request === 0 && this.seen) {
      this.request = requestAnimationFrame(() => this.draw());
    }
  };

  private draw(): void {
    this.request = 0;
    const { situation, path } = this.model;
    const snapshot = situation.kind === 'listed' ? situation.snapshot : null;
    const models = snapshot?.models ?? [];
    this.heading.textContent = path.split('/').pop() ?? '';
    this.heading.title = path;
    this.problem.textContent = snapshot?.problem ?? '';
    this.columns.hidden = models.length === 0;
    this.tree.element.hidden = models.length === 0;
    this.tree.show(models, path);
    this.drawNotice(notice(situation));
    this.model.drawn();
  }

  private drawNotice(words: Notice | null): void {
    const code = words?.code === undefined ? [] : [codeLine(words.code)];
    const shown = words === null ? [] : [part('', words.text), ...code];
    if (this.notice.textContent !== shown.map(one => one.textContent).join('')) {
      this.notice.replaceChildren(...shown);
    }
    this.notice.classList.toggle('hcnn-mod-patient', words?.patient === true);
  }
}

function part(className: string, text = ''): HTMLElement {
  const made = element('div', text);
  made.className = className;
  return made;
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** A line of code that breaks where a reader would break it. */
function codeLine(line: string): HTMLElement {
  const made = element('code', '');
  line.split(/(?<=[(.=])/).forEach(piece => made.append(piece, document.createElement('wbr')));
  return made;
}
