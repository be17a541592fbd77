import { isCardShown, noteCardShown } from 'c/cardPlacement';

describe('the card on the Account page', () => {
  beforeEach(() => localStorage.clear());
  afterEach(() => jest.restoreAllMocks());

  it('is placed once it was shown', () => {
    expect(isCardShown()).toBe(false);
    noteCardShown();
    expect(isCardShown()).toBe(true);
  });

  it('does no harm in a browser that keeps nothing', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new Error('denied');
    });
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new Error('denied');
    });
    noteCardShown();
    expect(isCardShown()).toBe(false);
  });
});
