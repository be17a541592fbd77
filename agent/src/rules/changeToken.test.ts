import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeToken, sourceVersion } from './changeToken.ts';
import { bill } from './testing.ts';

describe('the change token', () => {
  it('differs for every field that m3ter moves when it touches a Bill', () => {
    const tokens = [
      bill(),
      bill({ version: 2 }),
      bill({ dtLastModified: '2026-01-01T00:00:00Z' }),
      bill({ lastCalculatedDate: '2026-01-01T00:00:00Z' }),
      bill({ status: 'PENDING' }),
      bill({ locked: true }),
    ].map(changeToken);
    assert.equal(new Set(tokens).size, tokens.length);
  });

  it('is the same for the same state, whatever else the Bill holds', () => {
    assert.equal(changeToken(bill({ locked: null, billTotal: 5 })), changeToken(bill()));
  });
});

describe('the source version', () => {
  const dtLastModified = '2026-01-01T00:00:00.500Z';
  const lastCalculatedDate = '2026-01-02T00:00:00Z';

  const instant = Date.parse(lastCalculatedDate);

  it('is the newest instant, then the version', () => {
    assert.equal(sourceVersion(bill({ version: 3, dtLastModified, lastCalculatedDate })), instant * 1000 + 3);
    assert.equal(sourceVersion({ id: 'b1', dtLastModified, lastCalculatedDate }), instant * 1000);
    assert.equal(sourceVersion({ id: 'b1', version: null, dtLastModified: 'unknown' }), 0);
    assert.equal(sourceVersion({ id: 'b1', version: 7 }), 7);
  });

  it('tells changes within a millisecond apart', () => {
    const first = sourceVersion(bill({ version: 998, dtLastModified }));
    assert.ok(sourceVersion(bill({ version: 999, dtLastModified })) > first);
  });

  it('grows when m3ter begins to give instants or a version', () => {
    assert.ok(sourceVersion({ id: 'b1', dtLastModified }) > sourceVersion({ id: 'b1', version: 1_000_000 }));
    assert.ok(sourceVersion({ id: 'b1', version: 1, dtLastModified }) > sourceVersion({ id: 'b1', dtLastModified }));
  });

  it('is a number that JavaScript holds exactly until the year 2255', () => {
    const last = sourceVersion({ id: 'b1', version: 999, dtLastModified: '2255-01-01T00:00:00.000Z' });
    assert.ok(Number.isSafeInteger(last));
  });
});
