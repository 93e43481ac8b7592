/** The card of one brain area: rows of its own, then what every score is held against. */
import type { CardContent, CardRow } from './hover_card';
import { type BrainScores, type ScoreFrame, scoreCaption, written } from './score_frame';

/** What the card says. */
export function scoreCard(frame: ScoreFrame, brain: BrainScores, rows: CardRow[]): CardContent {
  const common = [
    { name: 'pixels', value: written(frame, brain.pixels) },
    { name: 'noise ceiling', value: written(frame, brain.ceiling) }
  ];
  return {
    title: brain.area,
    badge: brain.simulated ? 'simulated' : undefined,
    rows: [...rows, ...common],
    note: scoreCaption(frame)
  };
}

/** The card of one score: a model area against a brain area. */
export function barCard(frame: ScoreFrame, brain: BrainScores, model: number, colour?: string): CardContent {
  const name = `model ${frame.modelAreas[model]}`;
  const untrained = brain.untrained[model]!;
  const rows = [
    { colour, name, value: written(frame, brain.value[model]!), strong: true },
    { name: 'error', value: written(frame, brain.error[model]!) }
  ];
  // Where nothing trains, one that is not known never comes.
  const shown = frame.step !== null || Number.isFinite(untrained);
  return scoreCard(
    frame,
    brain,
    shown ? [...rows, { name: 'untrained', value: written(frame, untrained) }] : rows
  );
}
