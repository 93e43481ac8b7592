/** Every model and view that the kernel may ask for by name. */
export { KernelGridModel, KernelGridView } from './kernel_grid';
