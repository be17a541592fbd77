import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'node:test';
import { SetupError } from '../errors.ts';
import { storeLocation } from './url.ts';

describe('the URL of a store', () => {
  it('names a folder', () => {
    const folder = path.resolve('data');
    assert.deepEqual(storeLocation('pglite:///var/lib/agent'), {
      kind: 'pglite',
      folder: '/var/lib/agent',
      url: 'pglite:///var/lib/agent',
    });
    assert.deepEqual(storeLocation('pglite://./data'), { kind: 'pglite', folder, url: `pglite://${folder}` });
  });

  it('names a database on a server, and is shown without the password', () => {
    const url = 'postgres://agent:hush%20hush@db.example.com:5433/bills?sslmode=require&password=hush';
    const location = storeLocation(url);
    assert.equal(location.kind === 'postgres' && location.connectionString, url);
    assert.equal(location.url, 'postgres://agent@db.example.com:5433/bills');
    assert.equal(storeLocation('postgresql://localhost/bills').url, 'postgresql://localhost/bills');
  });

  for (const wrong of [
    'pglite://',
    'mysql://user:hush@host/db',
    'postgres://user:hush@host',
    'postgres://u:hu sh@',
    './hush',
  ]) {
    it(`is refused without being repeated: ${wrong}`, () => {
      assert.throws(
        () => storeLocation(wrong),
        (error: Error) => {
          assert.ok(error instanceof SetupError);
          assert.match(error.message, /pglite:\/\/FOLDER.*postgres:\/\//);
          assert.doesNotMatch(JSON.stringify([error.message, error.cause, { ...error }]), /hush|hu sh/);
          return true;
        },
      );
    });
  }
});
