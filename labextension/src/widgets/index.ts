/** Every model and view that the kernel may ask for by name. */
export { CurvesModel, CurvesView } from './training/curves';
export { KernelGridModel, KernelGridView } from './kernels/kernel_canvas';
export { KernelLineModel, KernelLineView } from './panel/kernel_line';
export { PredictivityExplorerModel, PredictivityExplorerView } from './predictivity/predictivity_explorer';
export { RdmExplorerModel, RdmExplorerView } from './rdms/rdm_canvas';
export { SceneModel, SceneView } from './scene/scene_view';
export { SliderModel, SliderView } from './panel/slider';
export { TauCounterModel, TauCounterView } from './tau_counter/tau_canvas';
