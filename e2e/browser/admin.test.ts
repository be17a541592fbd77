import { describe } from 'node:test';
import { eventTests } from './events.ts';
import { integrationTests } from './integrations.ts';
import { layoutTests } from './layout.ts';
import { setupTests } from './setup.ts';
import { useWorld } from './world.ts';

describe('the pages of admins in a browser', () => {
  const given = useWorld();

  describe('the integrations', () => integrationTests(given));
  describe('an integration that is set up', () => setupTests(given));
  describe('Events', () => eventTests(given));
  // What was asked before is on the pages then.
  describe('every page', () => layoutTests(given));
});
