import { jestConfig } from '@salesforce/sfdx-lwc-jest/config.js';

export default {
  ...jestConfig,
  roots: ['<rootDir>/force-app'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testMatch: ['**/lwc/**/__tests__/**/*.test.ts'],
  moduleNameMapper: {
    '^lightning/navigation$': '<rootDir>/config/jest-mocks/lightning/navigation',
    '^lightning/modal$': '<rootDir>/config/jest-mocks/lightning/modal',
    '^lightning/platformUtilityBarApi$': '<rootDir>/config/jest-mocks/lightning/platformUtilityBarApi',
    // The runner finds modules of components, not styles that they share.
    '^c/stackedTable$': '<rootDir>/force-app/main/default/lwc/stackedTable/stackedTable.css',
  },
  setupFilesAfterEnv: ['<rootDir>/config/jest-mocks/sa11y.ts'],
  reporters: ['default', '<rootDir>/config/jest-closing-line.js'],
  collectCoverageFrom: ['force-app/**/lwc/**/*.ts', '!**/__tests__/**', '!**/*.d.ts'],
};
