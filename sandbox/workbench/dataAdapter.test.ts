import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { orgChanged } from './browser/platform/changes.ts';
import { dataAdapter } from './browser/platform/dataAdapter.ts';

// The page's connection to the server, which this test plays itself through orgChanged.
globalThis.EventSource = class {
  addEventListener(): void {}
} as unknown as typeof EventSource;

interface Value {
  data?: { n: number };
  refresh?: () => Promise<void>;
}

/** One read that waits for its answer. */
interface Read {
  id: string;
  answer(n: number): Promise<void>;
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a data adapter', () => {
  let reads: Read[];
  let emitted: Value[];
  let adapter: { connect(): void; disconnect(): void; update(config: { id?: string }): void };

  beforeEach(() => {
    reads = [];
    emitted = [];
    const Adapter = dataAdapter<{ id?: string }, Value>({
      empty: {},
      isReady: ({ id }) => id !== undefined,
      load: ({ id = '' }) =>
        new Promise((resolve) => {
          const answer = (n: number): Promise<void> => {
            resolve({ data: { n } });
            return settle();
          };
          reads.push({ id, answer });
        }),
      decorate: (value, refresh) => ({ ...value, refresh }),
    });
    adapter = new Adapter((value) => emitted.push(value as Value));
    adapter.connect();
  });

  afterEach(() => adapter.disconnect());

  const numbers = (): Array<number | undefined> => emitted.map(({ data }) => data?.n);

  it('emits an empty value first, then what it has read', async () => {
    adapter.update({ id: 'a' });
    assert.deepEqual(emitted, [{}]);
    await reads[0]?.answer(1);
    assert.deepEqual(numbers(), [undefined, 1]);
  });

  it('makes no request while the configuration is not ready', () => {
    adapter.update({});
    assert.equal(reads.length, 0);
  });

  it('answers the same configuration with what it has, without reading again', async () => {
    adapter.update({ id: 'a' });
    adapter.update({ id: 'a' });
    await reads[0]?.answer(1);
    adapter.update({ id: 'a' });
    assert.equal(reads.length, 1);
    assert.deepEqual(numbers(), [undefined, 1, 1]);
  });

  it('answers every other configuration, also with the value of the one before', async () => {
    adapter.update({ id: 'a' });
    await reads[0]?.answer(1);
    adapter.update({ id: 'b' });
    adapter.update({ id: 'a' });
    await reads[1]?.answer(2);
    await reads[2]?.answer(1);
    assert.deepEqual(numbers(), [undefined, 1, 1]);
  });

  it('ignores an answer that comes after a newer configuration', async () => {
    adapter.update({ id: 'a' });
    adapter.update({ id: 'b' });
    await reads[1]?.answer(2);
    await reads[0]?.answer(1);
    assert.deepEqual(numbers(), [undefined, 2]);
  });

  it('reads again when the org changed, and emits only another value', async () => {
    adapter.update({ id: 'a' });
    await reads[0]?.answer(1);
    orgChanged();
    await settle();
    await reads[1]?.answer(1);
    assert.deepEqual(numbers(), [undefined, 1]);
    orgChanged();
    await settle();
    await reads[2]?.answer(2);
    assert.deepEqual(numbers(), [undefined, 1, 2]);
  });

  it('reads once more, not once per change, when the org changes during a read', async () => {
    adapter.update({ id: 'a' });
    orgChanged();
    orgChanged();
    orgChanged();
    await reads[0]?.answer(1);
    assert.equal(reads.length, 2);
  });

  it('gives a refresh that is done when the new value is there', async () => {
    adapter.update({ id: 'a' });
    await reads[0]?.answer(1);
    const refreshed = emitted.at(-1)?.refresh?.();
    await settle();
    await reads[1]?.answer(2);
    await refreshed;
    assert.deepEqual(numbers(), [undefined, 1, 2]);
  });

  it('hands out data that cannot be changed', async () => {
    adapter.update({ id: 'a' });
    await reads[0]?.answer(1);
    assert.throws(() => Object.assign(emitted.at(-1)?.data ?? {}, { n: 5 }), TypeError);
  });

  it('emits nothing after it was disconnected', async () => {
    adapter.update({ id: 'a' });
    adapter.disconnect();
    await reads[0]?.answer(1);
    orgChanged();
    assert.deepEqual(numbers(), [undefined]);
  });
});
