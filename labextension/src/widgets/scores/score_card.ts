/** The card of one brain area: what one reads off in a lecture; label and files have the whole convention. */
import { countText } from '../charts/chart_words';
import type { CardContent, CardRow } from '../panel/hover_card';
import { type BrainScores, type ScoreFrame, written } from './score_frame';

/** What the card says: rows of its own, then what every score is held against, where that is known. */
export function scoreCard(frame: ScoreFrame, brain: BrainScores, rows: CardRow[]): CardContent {
  const held = [
    { name: 'pixels', value: brain.pixels },
    { name: 'noise ceiling', value: brain.ceiling }
  ];
  const known = held.filter(({ value }) => Number.isFinite(value));
  return {
    title: brain.area,
    badge: brain.simulated ? 'simulated' : undefined,
    rows: [...rows, ...known.map(({ name, value }) => ({ name, value: written(frame, value) }))],
    note: measureOf(frame, brain)
  };
}

/** The card of one score: a model area against a brain area. */
export function barCard(frame: ScoreFrame, brain: BrainScores, model: number, colour?: string): CardContent {
  const [error, untrained] = [brain.error[model]!, brain.untrained[model]!];
  const spread = Number.isFinite(error) ? ` ± ${written(frame, error)}` : '';
  const value = `${written(frame, brain.value[model]!)}${spread}`;
  const rows: CardRow[] = [{ colour, name: `model ${frame.modelAreas[model]}`, value, strong: true }];
  if (Number.isFinite(untrained)) {
    rows.push({ name: 'untrained', value: written(frame, untrained) });
  }
  const gain = brain.gains[model];
  if (gain) {
    rows.push({ name: 'trained − untrained', value: gain });
  }
  return scoreCard(frame, brain, rows);
}

/** "Pearson r, median over 50 sites". */
function measureOf({ measure }: ScoreFrame, { sites }: BrainScores): string {
  const counted = `${countText(sites)} sites`;
  if (sites === 0) {
    return measure;
  }
  return measure.endsWith('over sites') ? measure.replace(/sites$/, counted) : `${measure}; ${counted}`;
}
