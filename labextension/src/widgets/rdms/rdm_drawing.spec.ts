import { beforeEach, describe, expect, it } from 'vitest';

import { notedPen, rdmFrame } from '../../testing/rdms';
import { sequential } from '../../pixels';
import { drawAround, drawMarks, matrixPixels, paintMatrices } from './rdm_drawing';
import { rdmLayout } from './rdm_layout';
import { Layer, svgElement } from '../charts/svg_layer';

let pen: ReturnType<typeof notedPen>;
beforeEach(() => {
  pen = notedPen();
});

function around(header = {}, width = 1000): { svg: SVGSVGElement; texts: string[] } {
  const frame = rdmFrame(header);
  const svg = svgElement('svg');
  new Layer(svg).draw(layer => drawAround(layer, frame, rdmLayout(frame, width, 0, 0.5)));
  return { svg, texts: [...svg.querySelectorAll('text')].map(text => text.textContent) };
}

describe('a matrix', () => {
  it('is symmetric, dark for alike and bright for unlike, its diagonal alike', () => {
    const image = matrixPixels(new Uint8Array([255, 0, 128]), 3);
    const at = (row: number, column: number): number[] => [
      ...image.slice(4 * (3 * row + column)).slice(0, 4)
    ];
    expect(at(0, 1)).toEqual([...sequential(1), 255]);
    expect(at(1, 0)).toEqual(at(0, 1));
    expect(at(2, 1)).toEqual([...sequential(128 / 255), 255]);
    [0, 1, 2].forEach(i => expect(at(i, i)).toEqual([...sequential(0), 255]));
  });

  it('is painted for model and brain, with hard edges', () => {
    const frame = rdmFrame();
    const layout = rdmLayout(frame, 1000, 0, 0.5);
    paintMatrices(document.createElement('canvas'), frame, layout);
    expect(pen.drawImage!.mock.calls.map((call: unknown[]) => call.slice(1))).toEqual(
      [layout.model, layout.brain].map(({ left, top, width, height }) => [left, top, width, height])
    );
    expect((pen as unknown as { imageSmoothingEnabled: boolean }).imageSmoothingEnabled).toBe(false);
  });

  it('that is not defined is not painted, and says so', () => {
    const frame = rdmFrame({ defined: false });
    paintMatrices(document.createElement('canvas'), frame, rdmLayout(frame, 1000, 0, 0.5));
    expect(pen.drawImage).toHaveBeenCalledOnce();
    const { svg, texts } = around({ defined: false });
    expect(texts).toContain('no RDM at this moment');
    expect(svg.querySelector('.hcnn-rdm-nothing')).not.toBeNull();
  });
});

describe('around the matrices', () => {
  it('stand titles, names of categories, and separators between them', () => {
    const { svg, texts } = around();
    expect(texts).toContain('model IT, step 340');
    expect(texts).toContain('human IT, mean of 4 subjects');
    expect([...svg.querySelectorAll('[data-group="human face"]')].map(text => text.textContent)).toEqual([
      'human',
      'face',
      'human',
      'face'
    ]);
    expect(svg.querySelectorAll('.hcnn-rdm-separator')).toHaveLength(4);
  });

  it('colours are explained, as percentiles or as distances', () => {
    expect(around().texts).toEqual(
      expect.arrayContaining(['0 alike', 'unlike 100', 'percentile of 1 − Pearson r'])
    );
    const { texts } = around({ scale: 'distances', model_limits: [0, 1.25], brain_limits: [-0.5, 2] });
    expect(texts).toEqual(
      expect.arrayContaining(['0.00 alike', 'unlike 1.25', '−0.500 alike', 'unlike 2.00', '1 − Pearson r'])
    );
    expect(around({ brain_distance: '', scale: 'distances' }).texts).toContain('distance');
    expect(around({ brain_distance: '' }).texts).toContain('percentile of distance');
  });
});

describe('marks', () => {
  it('lie on a cell and the one across the diagonal, in both matrices, and go', () => {
    const frame = rdmFrame();
    const layout = rdmLayout(frame, 1000, 0, 0.5);
    const svg = svgElement('svg');
    const layer = new Layer(svg);
    drawMarks(layer, layout, frame.count, [1, 3]);
    const side = layout.model.width / 4;
    const middles = [...svg.querySelectorAll('.hcnn-rdm-mark')].map(mark => {
      const [x, y, size] = ['x', 'y', 'width'].map(name => Number(mark.getAttribute(name)));
      return [x! + size! / 2, y! + size! / 2];
    });
    const at = ({ left, top }: { left: number; top: number }, row: number, column: number): number[] => [
      left + (column + 0.5) * side,
      top + (row + 0.5) * side
    ];
    const expected = [layout.model, layout.brain].flatMap(box => [at(box, 3, 1), at(box, 1, 3)]);
    middles.forEach((middle, i) =>
      middle.forEach((place, axis) => expect(place).toBeCloseTo(expected[i]![axis]!, 1))
    );
    drawMarks(layer, layout, frame.count, null);
    expect(svg.childElementCount).toBe(0);
  });
});
