import { after, before, describe } from 'node:test';
import { accountTests } from './account.ts';
import { billTests } from './bill.ts';
import { billListTests } from './billList.ts';
import { componentTests } from './components.ts';
import { eventTests } from './events.ts';
import { integrationTests } from './integrations.ts';
import { layoutTests } from './layout.ts';
import { liveTests } from './live.ts';
import { setupTests } from './setup.ts';
import { shellTests } from './shell.ts';
import { startWorld } from './world.ts';
import type { World } from './world.ts';

describe('the pages in a browser', () => {
  let world: World;
  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());
  const given = (): World => world;

  describe('the list of Bills', () => billListTests(given));
  describe('a Bill', () => billTests(given));
  describe('an Account', () => accountTests(given));
  describe('the integrations', () => integrationTests(given));
  describe('an integration that is set up', () => setupTests(given));
  describe('Events', () => eventTests(given));
  describe('components', () => componentTests(given));
  describe('the app shell', () => shellTests(given));
  describe('changes while a page is open', () => liveTests(given));
  describe('every page', () => layoutTests(given));
});
