/** What stands above and beneath the kernels: names of the blocks, colour scale, step. */
import { css, colourTable } from '../../pixels';
import { isDark, themeColour } from '../../theme';
import { type KernelFrame, NOW, written } from './kernel_frame';

const LEGEND = { top: 14, height: 8, width: 120, text: 18 };
const CAPTION = 20;
export const LEGEND_HEIGHT = LEGEND.top + LEGEND.height + LEGEND.text;
export const NARROWEST_LEGEND = 320;

/** Whether the blocks bear names: a single one of now needs none. */
const isCaptioned = ({ sides }: KernelFrame): boolean => sides.length > 1 || sides[0] !== NOW;

/** The room above the kernels. */
export const captionHeight = (frame: KernelFrame): number => (isCaptioned(frame) ? CAPTION : 0);

/** Paints the names over the blocks, whose left edges are given, and beneath them the scale that holds for all. */
export function paintLegend(
  canvas: HTMLCanvasElement,
  frame: KernelFrame,
  edges: number[],
  height: number,
  theme: HTMLElement
): void {
  const context = canvas.getContext('2d')!;
  const top = captionHeight(frame) + height + LEGEND.top;
  const right = Number.parseFloat(canvas.style.width);
  const ink = themeColour(theme, '--jp-ui-font-color1', isDark() ? '#ffffff' : '#000000');
  context.font = `12px ${themeColour(theme, '--jp-ui-font-family', 'sans-serif')}`;
  context.textBaseline = 'top';
  const label = (text: string, x: number, align: CanvasTextAlign, y = top + LEGEND.height + 4): void => {
    context.fillStyle = ink;
    context.textAlign = align;
    context.fillText(text, x, y);
  };
  const step = `step ${frame.step.toLocaleString('en')}`;
  const captioned = isCaptioned(frame);
  edges.forEach((left, side) => {
    if (captioned) {
      label(frame.sides[side] === NOW ? step : frame.sides[side]!, left, 'left', 2);
    }
  });
  if (frame.colormap !== 'rgb') {
    const table = colourTable(frame.colormap, isDark());
    for (let x = 0; x < LEGEND.width; x += 1) {
      const byte = 1 + Math.round((254 * x) / (LEGEND.width - 1));
      context.fillStyle = css([table[byte * 3]!, table[byte * 3 + 1]!, table[byte * 3 + 2]!]);
      context.fillRect(x, top, 1, LEGEND.height);
    }
    label(written(-frame.scale), 0, 'left');
    label('0', LEGEND.width / 2, 'center');
    label(written(frame.scale), LEGEND.width, 'right');
  }
  label(captioned ? 'one scale for all' : `one scale for all; ${step}`, right, 'right');
}
