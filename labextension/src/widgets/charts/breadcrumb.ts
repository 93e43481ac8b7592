/** The way from the top to the level that is open; each step leads back. */

/** A step of the way, and what leads there. */
export interface Crumb {
  label: string;
  open: () => void;
}

/** A line of buttons; the last step is where one is. */
export class Breadcrumb {
  readonly element = document.createElement('nav');
  private crumbs: readonly Crumb[] = [];

  constructor(name: string, signal: AbortSignal) {
    this.element.className = 'hcnn-breadcrumb';
    this.element.setAttribute('aria-label', name);
    this.element.addEventListener('click', event => this.clicked(event), { signal });
  }

  /** Shows a way; elements of steps that stay are kept, and so their focus. */
  show(crumbs: readonly Crumb[]): void {
    this.crumbs = crumbs;
    while (this.element.children.length > crumbs.length) {
      this.element.lastElementChild!.remove();
    }
    crumbs.forEach(({ label }, i) => {
      const button = this.element.children[i] ?? this.element.appendChild(step());
      const here = i === crumbs.length - 1;
      if (button.textContent !== label) {
        button.textContent = label;
      }
      button.toggleAttribute('disabled', here);
      if (here) {
        button.setAttribute('aria-current', 'step');
      } else {
        button.removeAttribute('aria-current');
      }
    });
  }

  private clicked(event: Event): void {
    const index = Array.prototype.indexOf.call(this.element.children, event.target);
    this.crumbs[index]?.open();
  }
}

function step(): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'hcnn-breadcrumb-step';
  return button;
}
