import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { compress, paysToCompress } from './compression.ts';

const large = 'ü'.repeat(8192);

describe('compressing what is sent', () => {
  it('pays for large bodies to other machines', () => {
    assert.equal(paysToCompress('https://mycompany.my.salesforce.com/services/data', large), true);
    assert.equal(paysToCompress('https://mycompany.my.salesforce.com/services/data', large.slice(1)), false);
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      assert.equal(paysToCompress(`http://${host}:4682/services/data`, large), false, host);
  });

  it('happens from a size on that was asked for', () => {
    assert.equal(paysToCompress('http://127.0.0.1:4682/services/data', 'small', 5), true);
    assert.equal(paysToCompress('http://127.0.0.1:4682/services/data', 'tiny', 5), false);
  });

  it('leaves the body as it was', async () => {
    const packed = await compress(large);
    assert.equal(gunzipSync(packed).toString(), large);
    assert.ok(packed.length < large.length / 10);
  });
});
