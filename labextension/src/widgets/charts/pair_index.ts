/** Where a pair of stimuli stands among the dissimilarities of an RDM. */

/** The place of a pair in a strict upper triangle; -1 on the diagonal. */
export function pairIndex(row: number, column: number, count: number): number {
  const [low, high] = row < column ? [row, column] : [column, row];
  return low === high ? -1 : (low * (2 * count - low - 3)) / 2 + high - 1;
}
