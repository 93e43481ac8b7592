/** A macaque-like brain seen from the left, drawn by us: the front at the left. Points in a field of 1000 x 640. */
import { curveCatmullRom, curveCatmullRomClosed, line } from 'd3-shape';

export type Point = readonly [number, number];

/** Width and height of the field that all points lie in. */
export const FIELD = { width: 1000, height: 640 };

export const CORTEX: readonly Point[] = [
  [58, 318],
  [72, 258],
  [118, 190],
  [190, 128],
  [290, 82],
  [400, 58],
  [520, 52],
  [640, 66],
  [745, 98],
  [835, 152],
  [902, 222],
  [936, 300],
  [930, 372],
  [892, 420],
  [838, 444],
  [770, 452],
  [704, 462],
  [640, 492],
  [560, 532],
  [470, 558],
  [385, 556],
  [322, 530],
  [290, 488],
  [298, 448],
  [326, 420],
  [300, 408],
  [232, 418],
  [160, 414],
  [98, 388],
  [66, 354]
];

export const CEREBELLUM: readonly Point[] = [
  [672, 492],
  [740, 468],
  [820, 462],
  [876, 482],
  [894, 528],
  [866, 580],
  [800, 606],
  [728, 598],
  [682, 560]
];

export const STEM: readonly Point[] = [
  [560, 520],
  [600, 498],
  [652, 492],
  [684, 540],
  [700, 590],
  [712, 636],
  [640, 638],
  [620, 590],
  [588, 552]
];

/** Furrows that give the surface its look: Sylvian, superior temporal, central, arcuate, principal, intraparietal, lunate. */
export const SULCI: readonly (readonly Point[])[] = [
  [
    [326, 420],
    [400, 392],
    [490, 352],
    [570, 306],
    [628, 262]
  ],
  [
    [338, 492],
    [420, 470],
    [510, 432],
    [590, 384],
    [650, 322],
    [690, 256]
  ],
  [
    [486, 62],
    [470, 130],
    [430, 206],
    [396, 272],
    [372, 322]
  ],
  [
    [262, 148],
    [292, 206],
    [286, 262],
    [250, 302]
  ],
  [
    [130, 272],
    [182, 254],
    [236, 256]
  ],
  [
    [566, 118],
    [622, 158],
    [680, 186],
    [726, 190]
  ],
  [
    [566, 292],
    [520, 268],
    [478, 272]
  ]
];

/** Folds of the cerebellum. */
export const FOLIA: readonly (readonly Point[])[] = [
  [
    [690, 516],
    [760, 494],
    [870, 492]
  ],
  [
    [684, 540],
    [770, 524],
    [888, 520]
  ],
  [
    [696, 568],
    [780, 556],
    [880, 552]
  ],
  [
    [730, 592],
    [790, 584],
    [846, 580]
  ]
];

/** One area of the ventral stream: where it lies, where its name stands. */
export interface Region {
  area: string;
  outline: readonly Point[];
  name: Point;
}

/** Each reaches beyond the cortex and is cut at its edge. */
export const REGIONS: readonly Region[] = [
  {
    area: 'V1',
    outline: [
      [846, 110],
      [858, 190],
      [846, 270],
      [850, 350],
      [866, 420],
      [872, 480],
      [960, 480],
      [990, 300],
      [950, 160]
    ],
    name: [892, 316]
  },
  {
    area: 'V2',
    outline: [
      [770, 70],
      [846, 110],
      [858, 190],
      [846, 270],
      [850, 350],
      [866, 420],
      [872, 480],
      [800, 480],
      [786, 410],
      [780, 340],
      [784, 260],
      [794, 180]
    ],
    name: [818, 316]
  },
  {
    area: 'V4',
    outline: [
      [700, 150],
      [756, 130],
      [794, 180],
      [784, 260],
      [780, 340],
      [786, 410],
      [800, 480],
      [690, 490],
      [668, 440],
      [676, 370],
      [700, 310],
      [712, 240]
    ],
    name: [732, 330]
  },
  {
    area: 'IT',
    outline: [
      [690, 490],
      [668, 440],
      [674, 376],
      [610, 404],
      [520, 450],
      [430, 490],
      [346, 512],
      [280, 510],
      [290, 580],
      [460, 600],
      [600, 560],
      [660, 520]
    ],
    name: [520, 496]
  }
];

/** The area of the drawing that an area's name belongs to: IT's parts are shown as IT. */
export function regionOf(area: string): string | undefined {
  const name = /^[PCA]IT[dv]?$/i.test(area) ? 'IT' : area.toUpperCase();
  return REGIONS.find(region => region.area === name)?.area;
}

/** A round shape through points, as the `d` of a path. */
export function closedPath(points: readonly Point[]): string {
  return (
    line<Point>(
      ([x]) => x,
      ([, y]) => y
    ).curve(curveCatmullRomClosed)(points) ?? ''
  );
}

/** A round line through points. */
export function openPath(points: readonly Point[]): string {
  return (
    line<Point>(
      ([x]) => x,
      ([, y]) => y
    ).curve(curveCatmullRom)(points) ?? ''
  );
}
