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
    '^lightning/datatable$': '<rootDir>/config/jest-mocks/lightning/datatable/datatable',
  },
  setupFilesAfterEnv: ['<rootDir>/config/jest-mocks/sa11y.ts'],
  reporters: ['default', '<rootDir>/config/jest-closing-line.js'],
  collectCoverageFrom: ['force-app/**/lwc/**/*.ts', '!**/__tests__/**', '!**/*.d.ts'],
};
