/** Picking a few images out of many: a list box of small pictures, walked with the arrow keys. */
import type { ImageSheet } from './image_sheet';
import { isOwnKey } from './own_keys';

const SIDE = 40;

/** What a picker tells its panel, and the numbers it keeps to. */
export interface Picking {
  least: number;
  most: number;
  picked(images: number[]): void;
}

export class ImagePicker {
  readonly element = document.createElement('div');
  private readonly list = document.createElement('div');
  private readonly told = document.createElement('span');
  private readonly done = document.createElement('button');
  private sheet: ImageSheet | null = null;
  private chosen = new Set<number>();
  private at = 0;

  constructor(
    private readonly picking: Picking,
    private readonly signal: AbortSignal
  ) {
    const { element, list, told, done } = this;
    element.className = 'hcnn-picker';
    element.hidden = true;
    list.className = 'hcnn-picker-list';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-multiselectable', 'true');
    list.addEventListener('click', event => this.toggle(this.indexOf(event)), { signal });
    list.addEventListener('keydown', event => this.pressed(event), { signal });
    done.type = 'button';
    done.className = 'hcnn-transport-button';
    done.textContent = 'Count with these';
    done.addEventListener('click', () => this.finish(), { signal });
    told.setAttribute('role', 'status');
    const bar = document.createElement('div');
    bar.className = 'hcnn-picker-bar';
    bar.append(told, done);
    element.append(bar, list);
  }

  /** Opens with these images chosen. */
  open(sheet: ImageSheet, images: readonly number[]): void {
    this.chosen = new Set(images);
    this.at = images[0] ?? 0;
    if (this.sheet !== sheet) {
      this.sheet = sheet;
      this.list.replaceChildren(...sheet.ids.map((_, index) => this.option(sheet, index)));
    }
    this.element.hidden = false;
    this.list.setAttribute('aria-label', `${sheet.count} images; space picks one`);
    this.update();
    this.focus(this.at);
  }

  close(): void {
    this.element.hidden = true;
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  private option(sheet: ImageSheet, index: number): HTMLElement {
    const option = document.createElement('div');
    option.className = 'hcnn-picker-option';
    option.setAttribute('role', 'option');
    option.setAttribute('aria-label', sheet.name(index));
    option.title = sheet.name(index);
    const picture = sheet.picture(index);
    if (picture) {
      const canvas = document.createElement('canvas');
      canvas.width = sheet.width;
      canvas.height = sheet.height;
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      const scale = SIDE / Math.max(sheet.width, sheet.height);
      canvas.style.width = `${Math.round(sheet.width * scale)}px`;
      canvas.style.height = `${Math.round(sheet.height * scale)}px`;
      option.append(canvas);
    } else {
      option.textContent = sheet.id(index);
    }
    return option;
  }

  private get options(): HTMLElement[] {
    return [...this.list.children] as HTMLElement[];
  }

  private indexOf(event: Event): number {
    const option = (event.target as Element | null)?.closest<HTMLElement>('[role=option]');
    return option ? this.options.indexOf(option) : -1;
  }

  private toggle(index: number): void {
    if (index < 0) {
      return;
    }
    if (!this.chosen.delete(index)) {
      this.chosen.add(index);
    }
    this.at = index;
    this.update();
    this.focus(index);
  }

  private update(): void {
    const { least, most } = this.picking;
    const { size } = this.chosen;
    this.options.forEach((option, index) => {
      option.setAttribute('aria-selected', String(this.chosen.has(index)));
      option.tabIndex = index === this.at ? 0 : -1;
    });
    const fits = size >= least && size <= most;
    this.told.textContent = `${size} picked; ${least} to ${most} are counted with.`;
    this.done.setAttribute('aria-disabled', String(!fits));
  }

  private focus(index: number): void {
    this.options[index]?.focus();
  }

  private finish(): void {
    const { least, most } = this.picking;
    if (this.chosen.size >= least && this.chosen.size <= most && !this.signal.aborted) {
      this.picking.picked([...this.chosen].sort((a, b) => a - b));
      this.close();
    }
  }

  private pressed(event: KeyboardEvent): void {
    const { options } = this;
    const row = options.findIndex(option => option.offsetTop > options[0]!.offsetTop);
    const columns = row > 0 ? row : options.length;
    const targets: Record<string, number> = {
      ArrowLeft: this.at - 1,
      ArrowRight: this.at + 1,
      ArrowUp: this.at - columns,
      ArrowDown: this.at + columns,
      Home: 0,
      End: options.length - 1
    };
    const target = targets[event.key];
    if (!isOwnKey(event) || event.shiftKey) {
      return;
    }
    if (target !== undefined) {
      this.at = target >= 0 && target < options.length ? target : this.at;
      this.update();
      this.focus(this.at);
    } else if (event.key === ' ') {
      this.toggle(this.at);
    } else if (event.key === 'Enter') {
      this.finish();
    } else if (event.key === 'Escape') {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
