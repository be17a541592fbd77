import '../../../../../../config/jest-mocks/labels';

describe('skipReasons', () => {
  it('says each reason in words, the most frequent first', async () => {
    const { skipReasons } = await import('c/skipReasons');
    expect(skipReasons('{"accountFilter":9,"unchanged":1260,"ownedByOther":0}')).toEqual([
      '1,260 unchanged',
      '9 by the account filter',
    ]);
  });

  it('shows a reason that it does not know as it is stored', async () => {
    const { skipReasons } = await import('c/skipReasons');
    expect(skipReasons('{"someReason":2}')).toEqual(['2 someReason']);
  });

  it('says nothing where there is no such text', async () => {
    const { skipReasons } = await import('c/skipReasons');
    expect([null, '', 'not JSON', 'null', '3'].map(skipReasons)).toEqual([[], [], [], [], []]);
  });
});
