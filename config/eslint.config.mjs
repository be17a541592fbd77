import path from 'node:path';
import { defineConfig, globalIgnores } from 'eslint/config';
import lwcRecommendedTs from '@salesforce/eslint-config-lwc/recommended-ts.js';
import tseslint from 'typescript-eslint';
import globals from 'globals';

const root = path.resolve(import.meta.dirname, '..');
const unusedVars = ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }];

export default defineConfig([
  globalIgnores([
    '**/node_modules/',
    'coverage/',
    '**/dist/',
    '.sf/',
    '.sfdx/',
    '.sandbox/',
    'force-app/**/lwc/**/*.js',
    '**/*.d.ts',
  ]),
  {
    name: 'components',
    files: ['force-app/**/lwc/**/*.ts'],
    ignores: ['**/__tests__/**'],
    extends: [lwcRecommendedTs, tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: root },
    },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': unusedVars,
      '@lwc/lwc/no-inner-html': 'error',
      '@lwc/lwc/no-document-query': 'error',
    },
  },
  {
    name: 'components that wait, see WAIVERS in scripts/security/analyze.ts',
    files: ['force-app/**/lwc/{billLineItems,billList,polling}/*.ts'],
    rules: { '@lwc/lwc/no-async-operation': 'off' },
  },
  {
    name: 'component tests',
    files: ['force-app/**/lwc/**/__tests__/**/*.ts', 'config/jest-mocks/**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: { globals: { ...globals.jest, ...globals.browser } },
    rules: { '@typescript-eslint/no-explicit-any': 'off', '@typescript-eslint/ban-ts-comment': 'off' },
  },
  {
    name: 'node and workbench TypeScript',
    files: ['agent/**/*.ts', 'sandbox/**/*.ts', 'scripts/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: root },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': unusedVars,
      // node:test's describe and it return promises that the runner itself awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'suite'] },
          ],
        },
      ],
    },
  },
  {
    name: 'JavaScript where a tool needs it',
    files: ['scripts/**/*.mjs', 'config/**/*.mjs', 'config/*.js', 'agent/bin/*.mjs', 'jest.config.js'],
    extends: [tseslint.configs.recommended],
    languageOptions: { globals: globals.node },
  },
]);
