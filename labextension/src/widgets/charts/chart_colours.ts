/** Colours that mean something in a chart; everything else takes the theme's. Safe for the common colour blindnesses. */
import { scaleLinear } from 'd3-scale';

/** From the first model area to the last: ordered in lightness as well as in hue, which is the same in both themes. */
const DEPTHS = {
  light: ['#5fb3c4', '#2f86bd', '#3f57a6', '#43216b'],
  dark: ['#2f8497', '#3f97d0', '#8298e8', '#c9acf5']
};

/** Lines that are known by name, in the theme's series; others take the rest in turn. */
const KNOWN = ['training', 'held-out'];
const QUIET = 'chance';

/** The colour of the `index`-th of `count` model areas. */
export function depthColour(index: number, count: number, dark: boolean): string {
  const stops = dark ? DEPTHS.dark : DEPTHS.light;
  const at = stops.map((_, i) => i / (stops.length - 1));
  return scaleLinear<string>(at, stops).clamp(true)(count > 1 ? index / (count - 1) : 0.5);
}

/** The colour of a line: by its name, or the `index`-th of a chart without a known one. */
export function lineColour(label: string, index: number): string {
  const known = KNOWN.indexOf(label);
  const series = label === QUIET ? 5 : known >= 0 ? known : KNOWN.length + (index % 3);
  return `var(--hcnn-series-${series})`;
}
