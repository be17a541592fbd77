import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigurationError, loadSettings, type Environment } from './load.ts';

const PATH_SECRET = 'abcdefghij_KLMNOP-12';

const SIGNED: Environment = { WEBHOOK_SECRET: 'hush', WEBHOOK_SIGNATURE_HEADER: 'X-Signature' };

function problemsOf(env: Environment): readonly string[] {
  try {
    loadSettings(env);
  } catch (error) {
    assert.ok(error instanceof ConfigurationError);
    assert.doesNotMatch(error.message, /hush/);
    return error.problems;
  }
  return [];
}

describe('the settings of the webhook', () => {
  it('are satisfied with a secret path', () => {
    assert.deepEqual(loadSettings({ WEBHOOK_PATH_SECRET: PATH_SECRET }).webhook, {
      pathSecret: PATH_SECRET,
      signature: undefined,
    });
  });

  it('sign the body alone where no header tells the time', () => {
    assert.deepEqual(loadSettings(SIGNED).webhook, {
      pathSecret: undefined,
      signature: {
        secret: 'hush',
        signatureHeader: 'X-Signature',
        timestampHeader: '',
        canonicalForm: '{body}',
        tolerance: 300,
      },
    });
  });

  it('sign time and body where a header tells the time, and take the old secret up to a time', () => {
    const signature = loadSettings({
      ...SIGNED,
      WEBHOOK_TIMESTAMP_HEADER: 'X-Time',
      WEBHOOK_SECRET_PREVIOUS: 'hush before',
      WEBHOOK_SECRET_PREVIOUS_UNTIL: '2026-12-31T18:00:00Z',
      WEBHOOK_TOLERANCE_SECONDS: '60',
    }).webhook?.signature;
    assert.equal(signature?.canonicalForm, '{timestamp}.{body}');
    assert.equal(signature.tolerance, 60);
    assert.deepEqual(signature.previous, { secret: 'hush before', until: new Date('2026-12-31T18:00:00Z') });
  });

  it('show no secret', () => {
    const settings = loadSettings({ ...SIGNED, WEBHOOK_PATH_SECRET: PATH_SECRET });
    assert.doesNotMatch(JSON.stringify(settings), new RegExp(`hush|${PATH_SECRET}`));
    assert.doesNotMatch(JSON.stringify({ ...settings.webhook }), /hush/);
  });

  const wrong: Array<[string, Environment, RegExp]> = [
    ['a short path', { WEBHOOK_PATH_SECRET: 'short' }, /^WEBHOOK_PATH_SECRET is not 16 to 200.*openssl/],
    ['a path that needs escapes', { WEBHOOK_PATH_SECRET: 'a/b c?d#e%f&g=hij' }, /^WEBHOOK_PATH_SECRET/],
    ['a secret without header', { WEBHOOK_SECRET: 'hush' }, /^WEBHOOK_SIGNATURE_HEADER is missing/],
    [
      'a header without secret',
      { WEBHOOK_SIGNATURE_HEADER: 'X' },
      /^WEBHOOK_SIGNATURE_HEADER is set without WEBHOOK_SECRET/,
    ],
    ['an unknown placeholder', { ...SIGNED, WEBHOOK_CANONICAL_FORM: '{body}{url}' }, /has \{url\}/],
    ['a form without body', { ...SIGNED, WEBHOOK_CANONICAL_FORM: '{path}' }, /lacks \{body\}/],
    [
      'a time that is not signed',
      { ...SIGNED, WEBHOOK_TIMESTAMP_HEADER: 'T', WEBHOOK_CANONICAL_FORM: '{body}' },
      /go together/,
    ],
    ['a signed time without header', { ...SIGNED, WEBHOOK_CANONICAL_FORM: '{timestamp}{body}' }, /go together/],
    [
      'an old secret without end',
      { ...SIGNED, WEBHOOK_SECRET_PREVIOUS: 'hush' },
      /WEBHOOK_SECRET_PREVIOUS_UNTIL go together/,
    ],
    [
      'an end that is no time',
      { ...SIGNED, WEBHOOK_SECRET_PREVIOUS: 'hush', WEBHOOK_SECRET_PREVIOUS_UNTIL: 'soon' },
      /WEBHOOK_SECRET_PREVIOUS_UNTIL is "soon"/,
    ],
  ];
  for (const [what, env, expected] of wrong) {
    it(`refuse ${what}`, () => {
      const problems = problemsOf(env);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0] ?? '', expected);
    });
  }
});
