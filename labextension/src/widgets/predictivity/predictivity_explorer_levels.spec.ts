import { describe, expect, it } from 'vitest';

import { IT, RESPONSES, SITES, V4, sheetState } from '../../testing/explorer';
import { explorerOnAPage, middleOf } from '../../testing/explorer_panel';

const { page, explorer } = explorerOnAPage();

describe('the sites of a bar', () => {
  const sites = { level: 'sites' } as const;

  it('are a dot each, beside one for the ceiling, with both medians', () => {
    const shown = explorer(sites);
    expect(shown.all('.hcnn-site-r')).toHaveLength(3);
    expect(shown.all('.hcnn-site-ceiling')).toHaveLength(3);
    expect(shown.all('.hcnn-site-median')).toHaveLength(2);
    expect(shown.texts()).toContain('4 sites of V4 by model V2');
    expect(shown.texts()).toContain('median 0.30');
    expect(shown.texts()).toContain('median 0.80');
    expect(shown.all('.hcnn-explorer-chosen')).toHaveLength(1);
  });

  it('have a heading that is cut in its middle where there is no room, in full as a tooltip', () => {
    const long = { ...V4, area: 'fMRI of the ventral temporal cortex of the left hemisphere' };
    const shown = explorer({ ...sites, rows: [long, IT] }, 400);
    const heading = shown.texts().find(text => text?.startsWith('4 sites'));
    expect(heading).toMatch(/….* by model V2$/);
    expect(shown.all('title').map(one => one.textContent)).toContain(`4 sites of ${long.area} by model V2`);
  });

  it('name the score of the bar where it is not their median, since each fold had an r of its own', () => {
    expect(explorer({ ...sites, perFold: true }).texts()).toContain('score 0.40: medians per fold, averaged');
    expect(explorer(sites).texts().join()).not.toContain('per fold');
  });

  it('say that the recordings are simulated where they are', () => {
    expect(explorer({ ...sites, brain: 1 }).texts()).toContain('4 sites of IT (simulated) by model V2');
  });

  it('without ceilings stand alone', () => {
    const none = { ...SITES, ceiling: [NaN, NaN, NaN, NaN] };
    const shown = explorer({ ...sites, sites: none });
    expect(shown.all('.hcnn-site-ceiling')).toHaveLength(0);
    shown.key('End');
    expect(shown.all('.hcnn-site-marked-link')).toHaveLength(0);
  });

  it('that are a crowd are one shape with the median before it, and each is opened with a click all the same', () => {
    const r = Array.from({ length: 4000 }, (_, i) => (i === 1234 ? NaN : 0.2 + (i % 500) / 1000));
    r[7] = 0.95;
    const many = { ids: r.map((_, i) => `voxel ${i}`), r, ceiling: r.map(() => NaN) };
    const shown = explorer({ ...sites, sites: many });
    const [crowd, ...others] = shown.all('.hcnn-site-r');
    expect([crowd!.tagName, others]).toEqual(['path', []]);
    const dots = crowd!.getAttribute('d')!.split('M').slice(1);
    expect(dots).toHaveLength(3999);
    expect(crowd!.nextElementSibling!.classList).toContain('hcnn-site-median');
    const [left, y] = dots[7]!.split('a')[0]!.split(',').map(Number);
    shown.click(left! + 2, y!);
    expect(shown.chosen()).toEqual([{ kind: 'choose', brain: 0, model: 1, site: 7 }]);
  });

  it('are walked from the lowest r to the highest, and opened', () => {
    const shown = explorer(sites);
    shown.key('End');
    expect(shown.voice()).toContain('Site a: r 0.50, noise ceiling 0.90, 1 of 3 from the best');
    expect(shown.texts()).toContain('Site a: r 0.50, noise ceiling 0.90');
    expect(shown.all('.hcnn-site-marked')).toHaveLength(2);
    shown.key('ArrowLeft');
    expect(shown.voice()).toContain('Site d: r 0.30');
    shown.key(' ');
    expect(shown.chosen()).toEqual([{ kind: 'choose', brain: 0, model: 1, site: 3 }]);
  });

  it('are opened with a click on the dot', () => {
    const shown = explorer(sites);
    shown.click(...middleOf(shown.all('.hcnn-site-r')[1]!));
    expect(shown.chosen()).toEqual([{ kind: 'choose', brain: 0, model: 1, site: 1 }]);
  });

  it('are closed with Escape, and the keys go on at the bar that was open', () => {
    const shown = explorer(sites);
    shown.key('Escape');
    expect(shown.chosen()).toEqual([{ kind: 'choose', brain: -1, model: -1, site: -1 }]);
    shown.come({ step: 341 });
    expect(shown.all('.hcnn-bars-mark')).toHaveLength(1);
    expect(shown.voice()).toContain('Predicted best');
    shown.key('ArrowLeft');
    expect(shown.voice()).toContain('V4: model area V1');
  });

  it('lose the mark when the pointer goes to a bar, which another click opens instead', () => {
    const shown = explorer(sites);
    shown.point(...middleOf(shown.all('.hcnn-site-r')[0]!));
    expect(shown.all('.hcnn-site-marked')).toHaveLength(2);
    shown.click(...middleOf(shown.all('.hcnn-bars-bar')[0]!));
    expect(shown.all('.hcnn-site-marked')).toHaveLength(0);
    expect(shown.chosen()).toEqual([{ kind: 'choose', brain: 0, model: 0, site: -1 }]);
  });
});

describe('the responses of a site', () => {
  const responses = { level: 'responses', site: 3 } as const;

  it('are dots by category, named and parted, with the means of each', () => {
    const shown = explorer(responses);
    const dots = (kind: string) =>
      shown.all(`.hcnn-response-${kind}`).find(path => !path.getAttribute('d')!.startsWith('M0'))!;
    const count = (path: Element) => path.getAttribute('d')!.split('M').length - 1;
    expect(shown.all('.hcnn-response-recorded').map(count)).toContain(4);
    expect(count(dots('predicted'))).toBeGreaterThan(0);
    expect(shown.all('.hcnn-response-edge')).toHaveLength(2);
    expect(shown.texts()).toEqual(expect.arrayContaining(['car', 'cat', 'dog', 'Site d: r 0.30']));
    expect(shown.all('.hcnn-response-mean-recorded')).toHaveLength(3 + 1);
    expect(shown.all('.hcnn-response-mean-predicted')).toHaveLength(3);
    expect(shown.all('.hcnn-response-both')).toHaveLength(1);
    expect(shown.all('.hcnn-site-chosen')).toHaveLength(1);
  });

  it('are walked image by image, each shown and announced', () => {
    const shown = explorer(responses);
    shown.key('Home');
    shown.key('ArrowRight');
    expect(shown.voice()).toBe('cat-1 (cat): recorded −1.00, predicted −0.50');
    const picture = shown.svg.querySelector('image')!;
    expect(picture.getAttribute('href')).toMatch(/^data:image\/png/);
    expect(shown.texts()).toEqual(
      expect.arrayContaining(['Cat', 'cat-1', 'recorded −1.00', 'predicted −0.50'])
    );
    expect(shown.all('.hcnn-response-ring-recorded')).toHaveLength(1);
    expect(shown.all('.hcnn-response-both')).toHaveLength(0);
    shown.key('ArrowRight');
    expect(shown.all('.hcnn-response-ring-predicted')).toHaveLength(0);
    shown.key('Enter');
    expect(shown.chosen()).toEqual([]);
  });

  it('keep the image that was pointed at, through new frames too', () => {
    const shown = explorer(responses);
    const path = shown
      .all('.hcnn-response-recorded')
      .find(one => one.getAttribute('d')!.split('M').length === 5);
    const [x, y] = path!.getAttribute('d')!.split('M')[2]!.split('h')[0]!.split(',').map(Number);
    shown.point(x!, y!);
    shown.svg.dispatchEvent(new Event('pointerleave'));
    shown.svg.dispatchEvent(new Event('blur'));
    expect(shown.texts()).toContain('cat-1');
    shown.come({ ...responses, step: 341 });
    expect(shown.texts()).toContain('cat-1');
  });

  /** Where each image stands, among the dots of what was recorded. */
  const dots = (shown: ReturnType<typeof explorer>): [number, number][] =>
    shown
      .all('.hcnn-response-recorded')
      .map(one => one.getAttribute('d')!.split('M').slice(1))
      .find(all => all.length === 4)!
      .map(one => one.split('h')[0]!.split(',').map(Number) as [number, number]);
  const pinned = (shown: ReturnType<typeof explorer>): boolean =>
    shown.texts().includes('Pinned; Escape lets go');

  it('keep the image that was clicked, whatever is pointed at, until it is clicked again', () => {
    const shown = explorer(responses);
    const [first, second] = dots(shown);
    shown.click(...second!);
    expect([pinned(shown), shown.voice()]).toEqual([
      true,
      'cat-1 (cat): recorded −1.00, predicted −0.50, pinned'
    ]);
    shown.point(...first!);
    expect(shown.texts()).toContain('cat-1');
    shown.come({ ...responses, step: 341 });
    expect([pinned(shown), shown.texts().includes('cat-1')]).toEqual([true, true]);
    shown.click(...second!);
    expect(pinned(shown)).toBe(false);
    shown.point(...first!);
    expect(shown.texts()).toContain('car-1');
    expect(shown.chosen()).toEqual([]);
  });

  it('keep another image once that one is clicked, and none at another site', () => {
    const shown = explorer(responses);
    const [first, second] = dots(shown);
    shown.click(...second!);
    shown.click(...first!);
    expect([pinned(shown), shown.texts().includes('car-1')]).toEqual([true, true]);
    shown.come({ ...responses, site: 0 });
    expect(pinned(shown)).toBe(false);
  });

  it('keep an image by Enter until Escape, which leads back the next time, and walk on by arrows', () => {
    const shown = explorer(responses);
    shown.key('Home');
    shown.key('Enter');
    expect(pinned(shown)).toBe(true);
    shown.key('Escape');
    expect([pinned(shown), shown.chosen()]).toEqual([false, []]);
    shown.key('Enter');
    shown.key('ArrowRight');
    expect([pinned(shown), shown.texts().includes('cat-1')]).toEqual([false, true]);
    shown.key('Escape');
    expect(shown.chosen()).toHaveLength(1);
  });

  it('have names alone where there are no pictures', () => {
    const nothing = { sheet_header: { ...sheetState().sheet_header, height: 0, width: 0, n_channels: 0 } };
    const shown = explorer(responses, 900, nothing);
    shown.key('End');
    expect(shown.texts()).toEqual(expect.arrayContaining(['Dog', 'dog-1']));
    expect(shown.svg.querySelector('image')).toBeNull();
  });

  it('in a narrow panel have the picture beneath', () => {
    const shown = explorer(responses, 400);
    shown.key('Home');
    const names = shown.all('text').find(text => text.textContent === 'car-1')!;
    const floor = Math.max(...shown.all('.hcnn-response-edge').map(line => shown.number(line, 'y2')));
    expect(shown.number(names, 'y')).toBeGreaterThan(floor);
  });

  it('are closed step by step, by Escape or by the way', () => {
    const shown = explorer(responses);
    expect(shown.way().map(step => step.textContent)).toEqual(['All scores', 'V4 by model V2', 'site d']);
    shown.key('Escape');
    shown.way()[1]!.click();
    shown.way()[0]!.click();
    expect(shown.chosen()).toEqual([
      { kind: 'choose', brain: 0, model: 1, site: -1 },
      { kind: 'choose', brain: 0, model: 1, site: -1 },
      { kind: 'choose', brain: -1, model: -1, site: -1 }
    ]);
    expect(document.activeElement).toBe(shown.svg);
    shown.come({ level: 'sites', step: 341 });
    expect(shown.all('.hcnn-site-marked').length).toBeGreaterThan(0);
    expect(shown.texts()).toContain('Site d: r 0.30');
  });

  it('stand on an axis that does not shrink while the same site is shown', () => {
    const wide = { ...RESPONSES, recorded: [4, -4, 0, 0] };
    const shown = explorer({ ...responses, responses: wide });
    const ticks = () => shown.texts().filter(text => /^−?\d$/.test(text));
    const before = ticks();
    shown.come({ ...responses, step: 341 });
    expect(ticks()).toEqual(before);
    shown.come({ ...responses, site: 0, step: 342 });
    expect(ticks()).not.toEqual(before);
  });

  it('show the pictures when these come later', () => {
    const shown = explorer(responses, 900, {});
    shown.key('Home');
    expect(shown.svg.querySelector('image')).toBeNull();
    shown.model.set(sheetState());
    page().frame();
    expect(shown.svg.querySelector('image')).not.toBeNull();
  });
});
