import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRuntime } from '../testing/testRuntime.ts';
import { Admission, type Usage } from './admission.ts';
import { SalesforceLimitError } from './errors.ts';

const FIVE_MINUTES = 5 * 60_000;

function admit(used?: number) {
  const runtime = testRuntime();
  const admission = new Admission({ budgetPercent: 80, recheckEvery: FIVE_MINUTES }, runtime);
  if (used !== undefined) admission.note({ used, limit: 1000 });
  const later = (milliseconds: number) => (runtime.time = new Date(runtime.time.getTime() + milliseconds));
  return { admission, runtime, later };
}

const never = (): Promise<Usage> => assert.fail('The allocation was asked for.');
const usage = (used: number) => () => Promise.resolve({ used, limit: 1000 });
const total = new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

describe('calls to an org', () => {
  it('are made while nothing is known', async () => {
    const { admission } = admit();
    await admission.enter(never);
    assert.equal(admission.isShort, false);
    assert.equal(admission.usage, undefined);
  });

  it('are made at full speed below nine tenths of the budget, then one at a time', () => {
    assert.equal(admit(719).admission.isShort, false);
    assert.equal(admit(720).admission.isShort, true);
  });

  it('end at the budget, by an error that says so and when the agent looks again', async () => {
    const { admission, later } = admit(800);
    later(60_000);
    await assert.rejects(admission.enter(never), (error: Error) => {
      assert.ok(error instanceof SalesforceLimitError);
      assert.equal(error.code, 'API_BUDGET');
      assert.equal(error.isConcurrency, false);
      assert.equal(error.retryAfter, 240_000);
      assert.match(error.message, /800 of its 1000 .* SALESFORCE_API_BUDGET_PERCENT/);
      return true;
    });
  });

  it('wait for a look at the allocation, once in five minutes and once for all who wait', async () => {
    const { admission, later } = admit(800);
    later(FIVE_MINUTES);
    let looks = 0;
    const full = () => {
      looks += 1;
      return usage(900)();
    };
    const entries = [admission.enter(full), admission.enter(full)];
    await Promise.all(entries.map((entry) => assert.rejects(entry, SalesforceLimitError)));
    assert.equal(looks, 1);
    later(FIVE_MINUTES - 1);
    await assert.rejects(admission.enter(never), /900 of its 1000/);
    later(1);
    await admission.enter(usage(10));
    assert.equal(admission.isShort, false);
  });

  it('end when the org refuses one because its day is used up, until the allocation has room', async () => {
    const { admission, later } = admit(5);
    admission.noteRefusal(total);
    await assert.rejects(admission.enter(never), /TotalRequests/);
    later(FIVE_MINUTES);
    await assert.rejects(
      admission.enter(() => Promise.resolve(undefined)),
      /TotalRequests/,
    );
    later(FIVE_MINUTES);
    await admission.enter(usage(400));
    await admission.enter(never);
  });

  it('go on when another limit is reached, such as that of e-mails', async () => {
    const { admission, runtime } = admit(5);
    for (const code of ['SINGLE_EMAIL_LIMIT_EXCEEDED', 'LIMIT_EXCEEDED']) {
      const error = new SalesforceLimitError(code, 'The limit of the day is reached.');
      assert.equal(error.isConcurrency, false);
      admission.noteRefusal(error);
    }
    await admission.enter(never);
    assert.deepEqual(runtime.slept, []);
  });

  it('pause for all when too many run at once, for half a minute or as long as Salesforce asks', async () => {
    const { admission, runtime } = admit();
    admission.noteRefusal(new SalesforceLimitError('REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'));
    await admission.enter(never);
    admission.noteRefusal(new SalesforceLimitError('ERROR_HTTP_429', '', { retryAfter: 7000 }));
    await admission.enter(never);
    assert.deepEqual(runtime.slept, [30_000, 7000]);
  });

  it('are made again though the clock was set back meanwhile', async () => {
    const paused = admit();
    paused.admission.noteRefusal(new SalesforceLimitError('ERROR_HTTP_429', ''));
    paused.later(-3_600_000);
    await paused.admission.enter(never);
    assert.deepEqual(paused.runtime.slept, []);
    const refused = admit(5);
    refused.admission.noteRefusal(total);
    refused.later(-3_600_000);
    await refused.admission.enter(usage(400));
  });
});
