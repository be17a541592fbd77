import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { IdMapping } from './idMapping.ts';
import { exchangeOf } from './recording.ts';
import { replay } from './replay.ts';
import type { Send } from './replay.ts';
import { differencesOfShape } from './shape.ts';

const OLD = ['001AAAAAAAAAAAAAA1', '001AAAAAAAAAAAAAA2'];
const NEW = ['001BBBBBBBBBBBBBB1', '001BBBBBBBBBBBBBB2'];

describe('a recorded exchange', () => {
  it('has no headers, and there is none of sign-ins or without an answer', () => {
    const call = { method: 'POST', path: '/services/data/v67.0/composite', body: '{"a":1}' };
    const answer = { status: 200, body: '' };
    assert.deepEqual(exchangeOf({ ...call, answer }), { ...call, body: { a: 1 }, status: 200, answer: null });
    assert.equal(exchangeOf(call), undefined);
    for (const path of ['/services/oauth2/token', '/id/00D/005?oauth_token=x']) {
      assert.equal(exchangeOf({ ...call, path, answer }), undefined);
    }
  });
});

describe('the shape of an answer', () => {
  it('is keys, types, codes and flags; values, nulls and lengths are free', () => {
    const recorded = {
      id: 'a',
      n: 1,
      at: null,
      list: [
        { success: true, errors: [] },
        { success: true, errors: [] },
      ],
    };
    assert.deepEqual(
      differencesOfShape(recorded, { id: 'b', n: 2, at: 'x', list: [{ success: true, errors: [1] }] }),
      [],
    );
    const found = { id: 5, at: null, list: [{ success: false, errors: {} }], more: 1 };
    assert.deepEqual(differencesOfShape(recorded, found), [
      'body.n is missing',
      'body.more is new',
      'body.id: string became number',
      'body.list[0].success: true became false',
      'body.list[0].errors: list became object',
    ]);
    const [was, is] = [
      { errorCode: 'A', message: 'x' },
      { errorCode: 'B', message: 'y' },
    ];
    assert.deepEqual(differencesOfShape([was], [is]), ['body[0].errorCode: A became B']);
  });
});

describe('ids of another org', () => {
  it('are learned from its answers, whatever the order of records', () => {
    const ids = new IdMapping();
    const record = (id: string | undefined, name: string) => ({
      Id: id,
      Name: name,
      CreatedDate: '2026-01-01T00:00:00.000+0000',
    });
    ids.learn(
      { records: [record(OLD[0], 'one'), record(OLD[1], 'two')] },
      { records: [record(NEW[1], 'two'), record(NEW[0], 'one')] },
    );
    assert.equal(ids.translate(`/composite/sobjects?ids=${OLD.join(',')}`), `/composite/sobjects?ids=${NEW.join(',')}`);
    ids.learn(
      { nextRecordsUrl: '/query/01gAAAAAAAAAAAAAAA-2000' },
      { nextRecordsUrl: '/query/01gBBBBBBBBBBBBBBB-2000' },
    );
    assert.equal(ids.translate('/query/01gAAAAAAAAAAAAAAA-2000'), '/query/01gBBBBBBBBBBBBBBB-2000');
  });
});

describe('a replay', () => {
  it('sends what was sent with the ids of the org, CSV as CSV, and waits for its jobs', async () => {
    const sent: Array<Parameters<Send>[0]> = [];
    const states = ['InProgress', 'InProgress', 'JobComplete'];
    const send: Send = (request) => {
      sent.push(request);
      if (request.method === 'GET') return Promise.resolve({ status: 200, body: { state: states.shift() } });
      const isUpload = request.method === 'PUT';
      return Promise.resolve({ status: isUpload ? 400 : 200, body: isUpload ? null : { id: NEW[0] } });
    };
    const exchange = {
      method: 'POST',
      path: '/jobs/ingest',
      body: { object: 'A' },
      status: 200,
      answer: { id: OLD[0] } as unknown,
    };
    const differences = await replay(
      [
        exchange,
        { method: 'PUT', path: `/jobs/ingest/${OLD[0]}/batches`, body: `Id\n${OLD[0]}\n`, status: 201, answer: null },
        { ...exchange, method: 'GET', path: `/jobs/ingest/${OLD[0]}`, body: null, answer: { state: 'JobComplete' } },
      ],
      send,
    );
    assert.deepEqual(sent.map(({ method, type }) => `${method} ${type}`).slice(0, 2), [
      'POST application/json',
      'PUT text/csv',
    ]);
    assert.equal(sent[1]?.body, `Id\n${NEW[0]}\n`);
    assert.deepEqual(
      sent.slice(2).map(({ path }) => path),
      Array(3).fill(`/jobs/ingest/${NEW[0]}`),
    );
    const [only, ...none] = differences;
    assert.deepEqual([only?.number, only?.differences, none], [2, ['status: 201 became 400'], []]);
  });
});
