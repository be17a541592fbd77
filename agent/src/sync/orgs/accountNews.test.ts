import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccountNews, type AccountsChanged } from './accountNews.ts';

const NOTHING: AccountsChanged = { changed: [], isCut: false };
const one = { id: '001000000000001AAA', m3terAccountId: 'one', accountNumber: null };
const two = { ...one, id: '001000000000002AAA' };

/** Decides while `meanwhile` happens. */
function decide(news: AccountNews, meanwhile: () => void, doesAnyWait = true): Promise<unknown> {
  return news.during(
    () => Promise.resolve(meanwhile()),
    () => doesAnyWait,
  );
}

describe('the news of Accounts', () => {
  it('is kept from a decision that leaves Bills waiting, until it was acted on', async () => {
    const news = new AccountNews();
    news.tell({ changed: [two], isCut: false });
    await decide(news, () => news.tell({ changed: [one], isCut: false }));
    assert.deepEqual(news.with({ changed: [two], isCut: false }).news, { changed: [two, one], isCut: false });
    const { done } = news.with(NOTHING);
    await decide(news, () => news.tell({ changed: [], isCut: true }));
    done();
    assert.deepEqual(news.with(NOTHING).news, { changed: [], isCut: true });
  });

  it('is kept from a decision that failed in the middle, and not from one after which none waits', async () => {
    const news = new AccountNews();
    await decide(news, () => news.tell({ changed: [one], isCut: false }), false);
    assert.deepEqual(news.with(NOTHING).news, NOTHING);
    const failing = decide(news, () => {
      news.tell({ changed: [one], isCut: false });
      throw new Error('m3ter is away');
    });
    await assert.rejects(failing, /m3ter is away/);
    assert.deepEqual(news.with(NOTHING).news.changed, [one]);
  });

  it('is kept from one more decision that heard the same, and ends after the first was acted on', async () => {
    const news = new AccountNews();
    const goesOn = Promise.withResolvers<void>();
    const second = news.during(
      () => goesOn.promise,
      () => true,
    );
    await decide(news, () => news.tell({ changed: [one], isCut: false }));
    const { done } = news.with(NOTHING);
    goesOn.resolve();
    await second;
    done();
    assert.deepEqual(news.with(NOTHING).news.changed, [one]);
  });

  it('is cut when it is too much to tell', async () => {
    const news = new AccountNews();
    const many = Array.from({ length: 10_001 }, () => ({ ...one }));
    await decide(news, () => news.tell({ changed: many, isCut: false }));
    assert.equal(news.with(NOTHING).news.isCut, true);
  });
});
