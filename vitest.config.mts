import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'jsdom',
    include: ['labextension/src/**/*.spec.ts'],
    setupFiles: ['labextension/src/testing/setup.ts'],
    // One process, and modules that stay loaded from file to file: to make all of it anew takes five times as long as the
    // tests. The order is always the same, so that a file finds the same in them.
    pool: 'threads',
    isolate: false,
    cache: false,
    maxWorkers: 1,
    minWorkers: 1,
    restoreMocks: true,
    unstubGlobals: true,
    // These are written as ES modules but not marked so: Vite has to read them, not Node.
    server: { deps: { inline: [/@jupyter-widgets/, /@jupyterlab/, /@lumino/, /@jupyter\/ydoc/] } }
  }
});
