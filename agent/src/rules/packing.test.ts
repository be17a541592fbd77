import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { PACK_LIMITS, packBills, planPhases, type Pack, type PackItem } from './packing.ts';

interface Item extends PackItem {
  readonly index: number;
}

const items = (count: number, lineCount: number, staleCount = 0): Item[] =>
  Array.from({ length: count }, (_, index) => ({ index, lineCount, staleCount }));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const collections = (records: number): number => Math.ceil(records / 200);

/** Counts what a call of this pack holds, as Salesforce counts. */
function weigh({ items: packed, headers }: Pack<Item>): { operations: number; subrequests: number } {
  const lines = sum(packed.map(({ lineCount }) => lineCount));
  const stale = sum(packed.map(({ staleCount }) => staleCount));
  const childRuns = collections(packed.length);
  const operations = childRuns + collections(lines) + collections(stale);
  return headers === 'plain'
    ? { operations, subrequests: operations + packed.length }
    : { operations: operations + collections(packed.length), subrequests: operations + collections(packed.length) };
}

const anyItems = fc
  .array(
    fc.tuple(
      fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 1200 })),
      fc.oneof(fc.constant(0), fc.nat({ max: 30 }), fc.nat({ max: 900 })),
    ),
    { maxLength: 120 },
  )
  .map((sizes) => sizes.map(([lineCount, staleCount], index): Item => ({ index, lineCount, staleCount })));

describe('packing Bills into calls', () => {
  it('puts 60 Bills of 10 lines into one call', () => {
    const { packs } = packBills(items(60, 10));
    assert.equal(packs.length, 1);
    assert.equal(packs[0]?.headers, 'collection');
  });

  it('needs at most 17 calls for 1,000 Bills of 10 lines', () => {
    const { packs, oversize } = packBills(items(1000, 10));
    assert.ok(packs.length <= 17, `${packs.length} calls`);
    assert.equal(oversize.length, 0);
  });

  it('writes few headers as subrequests of their own when the lines need the room', () => {
    assert.deepEqual(
      packBills(items(1, 800)).packs.map(({ headers }) => headers),
      ['plain'],
    );
    assert.deepEqual(
      packBills(items(1, 600)).packs.map(({ headers }) => headers),
      ['collection'],
    );
    assert.equal(packBills(items(20, 40)).packs.length, 1);
    assert.equal(packBills(items(21, 38)).packs.length, 2);
  });

  it('puts aside a Bill that no call can hold', () => {
    const { packs, oversize } = packBills([...items(1, 801), ...items(1, 401, 201), ...items(1, 600, 200)]);
    assert.deepEqual(
      oversize.map(({ lineCount }) => lineCount),
      [801, 401],
    );
    assert.equal(packs.length, 1);
  });

  it('packs Bills without lines, and nothing at all', () => {
    assert.equal(packBills(items(80, 0)).packs.length, 1);
    assert.deepEqual(packBills([]), { packs: [], oversize: [] });
  });

  it('fills the room that an earlier call has left', () => {
    const { packs } = packBills([...items(1, 700), ...items(1, 500), ...items(1, 100)]);
    assert.deepEqual(
      packs.map(({ items: packed }) => packed.map(({ lineCount }) => lineCount)),
      [[700, 100], [500]],
    );
  });

  it('keeps every limit, every Bill whole and once, and their order', () => {
    fc.assert(
      fc.property(anyItems, fc.integer({ min: 1, max: 250 }), (bills, maxBills) => {
        const { packs, oversize } = packBills(bills, maxBills);
        for (const pack of packs) {
          const { operations, subrequests } = weigh(pack);
          assert.ok(operations <= 5, `${operations} collection operations`);
          assert.ok(subrequests <= 25, `${subrequests} subrequests`);
          assert.ok(pack.items.length <= Math.min(maxBills, 200));
          assert.ok(pack.items.length > 0);
          assert.deepEqual(
            pack.items,
            pack.items.toSorted((a, b) => a.index - b.index),
          );
        }
        const firsts = packs.map(({ items: packed }) => packed[0]?.index ?? -1);
        assert.deepEqual(
          firsts,
          firsts.toSorted((a, b) => a - b),
        );
        const all = [...packs.flatMap(({ items: packed }) => packed), ...oversize];
        assert.deepEqual(
          all.toSorted((a, b) => a.index - b.index),
          bills,
        );
        for (const item of oversize) assert.ok(weigh({ items: [item], headers: 'plain' }).operations > 5);
      }),
    );
  });

  it('never leaves two calls that one could hold', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20 }), (count, lineCount) => {
        const { packs } = packBills(items(count, lineCount), 200);
        const perCall = packs[0]?.items.length ?? 0;
        assert.equal(packs.length, Math.ceil(count / perCall));
      }),
    );
  });
});

describe('the phases of a Bill that no call can hold', () => {
  it('write all lines, then delete the stale ones, then mark the Bill as complete', () => {
    const phases = planPhases({ lineCount: 900, staleCount: 300 });
    assert.deepEqual(phases, [
      { lines: [0, 200, 400, 600].map((from) => ({ from, to: from + 200 })), stale: [], isLast: false },
      {
        lines: [{ from: 800, to: 900 }],
        stale: [
          { from: 0, to: 200 },
          { from: 200, to: 300 },
        ],
        isLast: true,
      },
    ]);
  });

  it('cover every line and every stale line once, in order and within the limits', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9000 }), fc.nat({ max: 9000 }), (lineCount, staleCount) => {
        const phases = planPhases({ lineCount, staleCount });
        for (const kind of ['lines', 'stale'] as const) {
          const covered = phases.flatMap((phase) => phase[kind]);
          assert.equal(sum(covered.map(({ from, to }) => to - from)), kind === 'lines' ? lineCount : staleCount);
          covered.forEach(({ from, to }, index) => {
            assert.ok(from < to && to - from <= PACK_LIMITS.recordsPerCollection);
            assert.equal(from, covered[index - 1]?.to ?? 0);
          });
        }
        assert.deepEqual(
          phases.map(({ isLast }) => isLast),
          phases.map((_, index) => index === phases.length - 1),
        );
        for (const { lines, stale } of phases) assert.ok(lines.length + stale.length + 1 <= 5);
      }),
    );
  });
});
