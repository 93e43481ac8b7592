import './base.css';
import './charts.css';
import './image_sheet.css';
import './kernel_grid.css';
import './curves.css';
import './predictivity_bars.css';
import './brain_map.css';
import './explorer.css';
