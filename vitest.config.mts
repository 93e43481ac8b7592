import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'jsdom',
    include: ['labextension/src/**/*.spec.ts'],
    setupFiles: ['labextension/src/testing/setup.ts'],
    maxWorkers: 1,
    minWorkers: 1,
    restoreMocks: true,
    unstubGlobals: true,
    // These are written as ES modules but not marked so: Vite has to read them, not Node.
    server: { deps: { inline: [/@jupyter-widgets/, /@jupyterlab/, /@lumino/, /@jupyter\/ydoc/] } }
  }
});
