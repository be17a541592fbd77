import { choiceLabel, nextCursor, nodes } from 'c/connection';

describe('c/connection', () => {
  it('gives the records of a page', () => {
    expect(nodes({ edges: [{ node: 1 }, { node: 2 }] })).toEqual([1, 2]);
  });

  it('gives the cursor of the next page only when there is one', () => {
    expect(nextCursor({ edges: [], pageInfo: { endCursor: 'x', hasNextPage: true } })).toBe('x');
    expect(nextCursor({ edges: [], pageInfo: { endCursor: 'x', hasNextPage: false } })).toBeUndefined();
    expect(nextCursor({ edges: [] })).toBeUndefined();
  });

  it('shows the label of a choice, else what is stored', () => {
    expect(choiceLabel({ value: 'AD_HOC', label: 'Ad hoc' })).toBe('Ad hoc');
    expect(choiceLabel({ value: 'NEW_TYPE', label: null })).toBe('NEW_TYPE');
    expect(choiceLabel(null)).toBe('');
  });
});
