import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['labextension/lib/**', 'hcnn_widgets/**', 'node_modules/**', '.venv/**', 'labextension/style/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    files: ['labextension/src/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 45, skipComments: true }],
      curly: 'error',
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Make elements: markup from a frame must never run.' },
        { property: 'outerHTML', message: 'Make elements: markup from a frame must never run.' }
      ]
    }
  },
  {
    files: ['labextension/src/**/*.spec.ts', 'labextension/src/testing/**'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/explicit-function-return-type': 'off'
    }
  },
  prettier
);
