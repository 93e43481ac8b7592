/** The views for front ends that load a module by its name: VS Code, Colab, nbclassic, pages with html-manager. */
import '../../style/index.css';

export { VERSION as version } from '../version';
export * from '../widgets';
