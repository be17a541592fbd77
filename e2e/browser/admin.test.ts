import { describe } from 'node:test';
import { eventTests } from './events.ts';
import { integrationTests } from './integrations.ts';
import { keyboardWizardTests } from './keyboard.ts';
import { layoutTests } from './layout.ts';
import { repairTests } from './repair.ts';
import { setupTests } from './setup.ts';
import { useWorld } from './world.ts';

describe('the pages of admins in a browser', () => {
  const given = useWorld({ isSetUp: false });

  // It makes the integration that the others are about.
  describe('the first set-up', () => setupTests(given));
  describe('keys alone', () => keyboardWizardTests(given));
  describe('the integrations', () => integrationTests(given));
  describe('Events', () => eventTests(given));
  describe('a repair', () => repairTests(given));
  // What was asked before is on the pages then.
  describe('every page', () => layoutTests(given));
});
