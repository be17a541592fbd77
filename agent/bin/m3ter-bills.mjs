#!/usr/bin/env node
// Plain JavaScript, so that an old Node says what it needs instead of failing on TypeScript syntax.
import module from 'node:module';
import path from 'node:path';

const REQUIRED = 24;
if (Number.parseInt(process.versions.node, 10) < REQUIRED) {
  console.error(`m3ter-bills needs Node ${REQUIRED} or newer; this is ${process.version}. Install it and try again.`);
  process.exit(2);
}
// Compiled code is kept, so that the next command begins in half the time. It lies in the user's own folder, where nobody
// else can change it; where that cannot be written, nothing is kept.
const { HOME, XDG_CACHE_HOME } = process.env;
const cache = XDG_CACHE_HOME || (HOME && path.join(HOME, '.cache'));
if (cache) module.enableCompileCache(path.join(cache, 'm3ter-bills'));
const { main } = await import('../src/cli/main.ts');
await main(process.argv.slice(2));
