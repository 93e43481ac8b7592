/** Every model and view that the kernel may ask for by name. */
export { BrainMapModel, BrainMapView } from './brain_map';
export { CurvesModel, CurvesView } from './curves';
export { KernelGridModel, KernelGridView } from './kernel_grid';
export { LayerAreaMatrixModel, LayerAreaMatrixView } from './layer_area_matrix';
export { PredictivityBarsModel, PredictivityBarsView } from './predictivity_bars';
export { PredictivityExplorerModel, PredictivityExplorerView } from './predictivity_explorer';
export { RdmExplorerModel, RdmExplorerView } from './rdm_explorer';
export { TauCounterModel, TauCounterView } from './tau_counter';
