/** The card of one brain area: rows of its own, then what every score is held against. */
import { scoreText } from './chart_words';
import type { CardContent, CardRow } from './hover_card';
import { type BrainScores, type ScoreFrame, scoreCaption } from './score_frame';

/** What the card says. */
export function scoreCard(frame: ScoreFrame, brain: BrainScores, rows: CardRow[]): CardContent {
  const common = [
    { name: 'pixels', value: scoreText(brain.pixels) },
    { name: 'noise ceiling', value: scoreText(brain.ceiling) }
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
  return scoreCard(frame, brain, [
    { colour, name, value: scoreText(brain.value[model]!), strong: true },
    { name: 'error', value: scoreText(brain.error[model]!) },
    { name: 'untrained', value: scoreText(brain.untrained[model]!) }
  ]);
}
