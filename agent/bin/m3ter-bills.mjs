#!/usr/bin/env node
// Plain JavaScript, so that an old Node says what it needs instead of failing on TypeScript syntax.
const REQUIRED = 24;
if (Number.parseInt(process.versions.node, 10) < REQUIRED) {
  console.error(`m3ter-bills needs Node ${REQUIRED} or newer; this is ${process.version}. Install it and try again.`);
  process.exit(2);
}
const { main } = await import('../src/cli/main.ts');
await main(process.argv.slice(2));
