/** The sidebar's icon: three maps, each smaller than the one before, as from V1 to IT. */
import { LabIcon } from '@jupyterlab/ui-components';

import { MODULE_NAME } from '../version';

const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M3 3h3v18H3z"/>
    <path d="M9 6h3v12H9z"/>
    <path d="M15 9h3v6h-3z"/>
    <circle cx="21" cy="12" r="1.6"/>
  </g>
</svg>`;

export const modelsIcon = new LabIcon({ name: `${MODULE_NAME}:models`, svgstr: DRAWING });
