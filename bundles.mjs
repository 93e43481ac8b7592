/**
 * Builds what JupyterLab does not need and others do: the views as an AMD module (dist, and the wheel's nbextension),
 * and the script of saved pages.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { rspack } from '@rspack/core';

const root = dirname(fileURLToPath(import.meta.url));
const lib = name => resolve(root, 'labextension/lib/page', name);
const shared = {
  mode: 'production',
  context: root,
  devtool: false,
  performance: { hints: false },
  module: {
    rules: [
      { test: /\.css$/, use: ['style-loader', 'css-loader'], type: 'javascript/auto' },
      { test: /\.(svg|woff2)$/, type: 'asset/inline' },
      { test: /\.(eot|ttf|woff)$/, type: 'asset/resource', generator: { emit: false } }
    ]
  }
};
const amd = path => ({
  ...shared,
  entry: lib('embedded.js'),
  output: { path: resolve(root, path), filename: 'index.js', publicPath: '', library: { type: 'amd' } },
  externals: ['@jupyter-widgets/base'],
  externalsType: 'amd'
});
const page = {
  ...shared,
  entry: lib('saved_page.js'),
  output: { path: resolve(root, 'hcnn_widgets/widgets/page'), filename: 'saved_page.js', publicPath: '' }
};

const stats = await new Promise((done, failed) =>
  rspack([amd('dist'), amd('hcnn_widgets/nbextension'), page]).run((error, result) =>
    error ? failed(error) : done(result)
  )
);
console.log(stats.toString({ all: false, assets: true, errors: true, warnings: true }));
if (stats.hasErrors()) {
  process.exit(1);
}
// VS Code reads this file as text, and looks for just such a call; classic notebooks run it.
mkdirSync(resolve(root, 'hcnn_widgets/nbextension'), { recursive: true });
writeFileSync(
  resolve(root, 'hcnn_widgets/nbextension/extension.js'),
  `define(function () {
  'use strict';
  window['requirejs'].config({ map: { '*': { 'hcnn-widgets': 'nbextensions/hcnn-widgets/index' } } });
  return { load_ipython_extension: function () {} };
});
`
);
