import { describe, expect, it, vi } from 'vitest';

import { textOf } from '../../testing/page';
import { csvText, pictureBlob, svgImage, svgText } from './export';

const svg = (): SVGSVGElement => {
  const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  bar.style.setProperty('fill', 'rgb(1, 2, 3)');
  root.append(bar);
  document.body.append(root);
  return root;
};

describe('numbers as CSV', () => {
  it('are quoted only where they must be', () => {
    expect(
      csvText([
        ['area', 'a, "b"'],
        ['V1\n', 0.5]
      ])
    ).toBe('area,"a, ""b"""\r\n"V1\n",0.5\r\n');
  });

  it('are empty where nothing is known', () => {
    expect(csvText([[null, Number.NaN, Infinity, 0]])).toBe(',,,0\r\n');
  });

  it.each(['=1+1', '+1', '-1+cmd|x', '@SUM(1)', '\tx', '\rx'])('hold %j as text, not as a formula', text => {
    expect(csvText([[text]]).replaceAll('"', '')).toBe(`'${text}\r\n`);
    expect(csvText([[`a${text}`]])).not.toContain("'");
  });

  it('hold numbers below zero as numbers', () => {
    expect(csvText([[-0.5, -1e-7]])).toBe('-0.5,-1e-7\r\n');
  });
});

describe('a drawing in SVG', () => {
  it('takes its looks along and leaves the original as it was', () => {
    const root = svg();
    const before = root.outerHTML; // eslint-disable-line no-restricted-properties -- read, not written
    const text = svgText(root);
    expect(text).toContain('xmlns="http://www.w3.org/2000/svg"');
    expect(text).toMatch(/<rect[^>]*fill: ?rgb\(1, 2, 3\)/);
    expect(root.outerHTML).toBe(before); // eslint-disable-line no-restricted-properties -- read, not written
  });

  it('becomes an image on no background, and its address is given back', async () => {
    const blobs: Blob[] = [];
    const given = vi.fn();
    vi.stubGlobal('URL', {
      createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
      revokeObjectURL: given
    });
    HTMLImageElement.prototype.decode = () => Promise.resolve();
    document.body.style.backgroundColor = 'rgb(9, 9, 9)';
    const image = await svgImage(svg());
    expect(image.src).toBe('blob:1');
    expect(await textOf(blobs[0]!)).not.toContain('rgb(9, 9, 9)');
    expect(svgText(svg())).toContain('rgb(9, 9, 9)');
    expect(given).toHaveBeenCalledWith('blob:1');
  });

  it('becomes a file of that kind', async () => {
    const blob = await pictureBlob(svg());
    expect(blob.type).toBe('image/svg+xml');
    expect(await textOf(blob)).toContain('<svg');
  });
});

it('says so when a canvas gives no PNG', async () => {
  const canvas = document.createElement('canvas');
  vi.spyOn(canvas, 'toBlob').mockImplementation(callback => callback(null));
  await expect(pictureBlob(canvas)).rejects.toThrow('could not make a PNG');
});
