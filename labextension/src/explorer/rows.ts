/** The tree as the list of rows that can be seen: what is in a closed branch is not. */
import type { Expansions } from './expansions';
import type { ListedModel, Training, TreeNode } from './tokens';

/** One line of the tree. */
export interface Row {
  /** Its way from the notebook down: the same from snapshot to snapshot. */
  readonly id: string;
  readonly node: TreeNode | ListedModel;
  readonly training: Training | null;
  /** From 1, as are the positions. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly parent: string | null;
  /** The name of what it is in; null of a model. */
  readonly within: string | null;
  /** Null where there is nothing in it. */
  readonly open: boolean | null;
}

/** The rows of a notebook's models. Models come open, what is in them comes closed. */
export function visibleRows(
  models: readonly ListedModel[],
  expansions: Expansions,
  notebook: string
): readonly Row[] {
  const rows: Row[] = [];
  const descend = (nodes: readonly (TreeNode | ListedModel)[], level: number, parent: Row | null): void => {
    const taken = new Set<string>();
    nodes.forEach((node, index) => {
      const name = `${parent?.id ?? notebook}/${'key' in node ? node.key : node.name}`;
      const id = taken.has(name) ? `${name}:${index}` : name;
      taken.add(id);
      const row: Row = {
        id,
        node,
        training: 'training' in node ? node.training : null,
        level,
        position: index + 1,
        siblings: nodes.length,
        parent: parent?.id ?? null,
        within: parent?.node.name ?? null,
        open: node.children.length === 0 ? null : expansions.isOpen(id, level === 1)
      };
      rows.push(row);
      if (row.open === true) {
        descend(node.children, level + 1, row);
      }
    });
  };
  descend(models, 1, null);
  return rows;
}
