import { describe, expect, it } from 'vitest';

import { RESPONSES, SITES, explorerFrame, explorerState } from '../../testing/explorer';
import { Fields } from '../../wire';
import {
  NOTHING,
  choiceOf,
  levelUp,
  mean,
  median,
  ranked,
  readExplorer
} from './predictivity_explorer_frame';

const asFloats = (numbers: number[]): number[] => numbers.map(Math.fround);

describe('a frame of the explorer', () => {
  it('has the bars alone where nothing is chosen', () => {
    const { sites, responses, brains } = explorerFrame();
    expect([sites, responses, brains.length]).toEqual([null, null, 2]);
  });

  it('has the sites of the bar that is chosen', () => {
    const { sites, responses } = explorerFrame({ level: 'sites' });
    expect([sites!.brain, sites!.model, sites!.ids]).toEqual([0, 1, SITES.ids]);
    expect([...sites!.r]).toEqual(asFloats(SITES.r));
    expect([...sites!.ceiling]).toEqual(asFloats(SITES.ceiling));
    expect(responses).toBeNull();
  });

  it('has the responses of the site that is chosen', () => {
    const { responses } = explorerFrame({ level: 'responses', site: 3 });
    expect(responses!.site).toBe(3);
    expect([...responses!.images]).toEqual(RESPONSES.images);
    expect([...responses!.recorded]).toEqual(RESPONSES.recorded);
    expect([...responses!.predicted]).toEqual(RESPONSES.predicted);
  });

  it.each([
    ['sites', { chosen_brain: 2 }, '`chosen_brain`'],
    ['sites', { chosen_model: -1 }, '`chosen_model`'],
    ['sites', { site_ids: ['a', 'b', 'c', 'd', 'e'] }, 'bytes'],
    ['sites', { site_ids: 'a' }, '`site_ids` as a list'],
    ['responses', { chosen_site: 4 }, '`chosen_site`'],
    ['responses', { n_images: 0 }, '`n_images`'],
    ['responses', { n_images: 5 }, 'bytes']
  ] as const)('at the level of %s with %j is refused in words', (level, change, words) => {
    const { header, values } = explorerState({ level });
    expect(() => readExplorer(new Fields({ ...header, ...change }), values)).toThrow(words);
  });

  it.each([[[0, 0, 1, 2]], [[0, 1.5, 2, 3]], [[-1, 0, 1, 2]]])(
    'whose images are %j is refused in words',
    images => {
      const broken = { level: 'responses', responses: { ...RESPONSES, images } } as const;
      expect(() => explorerFrame(broken)).toThrow('should name images by ascending whole numbers');
    }
  );
});

describe('what is chosen', () => {
  it('is what is open, and closing leads one level up', () => {
    const choice = choiceOf(explorerFrame({ level: 'responses', site: 3 }));
    expect(choice).toEqual({ brain: 0, model: 1, site: 3 });
    expect(levelUp(choice)).toEqual({ brain: 0, model: 1, site: -1 });
    expect(levelUp(levelUp(choice))).toEqual(NOTHING);
    expect(choiceOf(explorerFrame())).toEqual(NOTHING);
  });
});

describe('numbers of which some are not known', () => {
  it('have a median and a mean of those that are', () => {
    expect(median([3, NaN, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(mean([1, NaN, 3])).toBe(2);
    expect([median([NaN]), mean([])]).toEqual([NaN, NaN]);
  });

  it('rank from the lowest to the highest', () => {
    expect(ranked(explorerFrame({ level: 'sites' }).sites!)).toEqual([1, 3, 0]);
  });
});
