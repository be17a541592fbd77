import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cursorAt, rowsBefore } from './cursor.ts';

describe('cursors', () => {
  it('have the form of the documented sample', () => {
    assert.equal(cursorAt(9), 'djE6OQ==');
  });

  it('lead to the rows behind them', () => {
    assert.equal(rowsBefore(cursorAt(2000)), 2000);
    assert.equal(rowsBefore(null), 0);
    assert.equal(rowsBefore(undefined), 0);
  });

  it('are refused when they come from elsewhere', () => {
    assert.throws(() => rowsBefore('MTA='), { errorCode: 'INVALID_CURSOR' });
  });
});
