import { describe } from 'node:test';
import { accountTests } from './account.ts';
import { billTests } from './bill.ts';
import { billListTests } from './billList.ts';
import { componentTests } from './components.ts';
import { keyboardListTests } from './keyboard.ts';
import { liveTests } from './live.ts';
import { shellTests } from './shell.ts';
import { useWorld } from './world.ts';

describe('the pages of finance in a browser', () => {
  const given = useWorld();

  describe('the list of Bills', () => billListTests(given));
  describe('keys alone', () => keyboardListTests(given));
  describe('a Bill', () => billTests(given));
  describe('an Account', () => accountTests(given));
  describe('components', () => componentTests(given));
  describe('the app shell', () => shellTests(given));
  describe('changes while a page is open', () => liveTests(given));
});
