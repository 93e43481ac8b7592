/** What JupyterLab's libraries want of a browser when they are loaded, and jsdom lacks. */
class StandInDragEvent extends MouseEvent {}

if (typeof globalThis.DragEvent === 'undefined') {
  globalThis.DragEvent = StandInDragEvent as typeof DragEvent;
}
