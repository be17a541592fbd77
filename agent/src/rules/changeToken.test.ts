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

  it('is the version, else the instant of the last change, else 0', () => {
    assert.equal(sourceVersion(bill({ version: 3, dtLastModified })), 3);
    assert.equal(sourceVersion({ id: 'b1', dtLastModified, lastCalculatedDate }), Date.parse(dtLastModified));
    assert.equal(sourceVersion({ id: 'b1', lastCalculatedDate }), Date.parse(lastCalculatedDate));
    assert.equal(sourceVersion({ id: 'b1', version: null, dtLastModified: 'unknown' }), 0);
  });
});
