/** Which branches the reader has opened or closed; kept for as long as the browser's tab lives, through reloads. */

const STORED_AS = 'hcnn-widgets:branches';
/** The oldest choices beyond so many are forgotten. */
const MOST = 500;

/** Remembers a choice for each branch. */
export class Expansions {
  private readonly choices = new Map<string, boolean>();

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null = tabStorage()) {
    for (const [id, open] of this.stored()) {
      this.choices.set(id, open);
    }
  }

  /** Whether a branch is open: as the reader left it, else as it comes. */
  isOpen(id: string, otherwise: boolean): boolean {
    return this.choices.get(id) ?? otherwise;
  }

  set(id: string, open: boolean): void {
    this.choices.delete(id);
    this.choices.set(id, open);
    const oldest = [...this.choices.keys()].slice(0, Math.max(0, this.choices.size - MOST));
    oldest.forEach(one => this.choices.delete(one));
    try {
      this.storage?.setItem(STORED_AS, JSON.stringify([...this.choices]));
    } catch {
      // The tab's storage is full or forbidden: the choice lives until the reload.
    }
  }

  private stored(): [string, boolean][] {
    try {
      const stored: unknown = JSON.parse(this.storage?.getItem(STORED_AS) ?? '[]');
      return Array.isArray(stored) ? stored.filter(isChoice) : [];
    } catch {
      return [];
    }
  }
}

function isChoice(one: unknown): one is [string, boolean] {
  return Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'boolean';
}

/** The tab's storage, where the browser allows it. */
function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
