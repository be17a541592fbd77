import '../../../../../../config/jest-mocks/labels';
import { billState, notices, statusWords } from 'c/billStatus';

const sent = {
  status: 'APPROVED',
  statusLabel: 'Approved',
  locked: false,
  accountId: '001',
  accountCode: 'atlas',
  deleted: false,
  complete: true,
};

describe('c/billStatus', () => {
  it('reads the state of a Bill', () => {
    const node = {
      status: { value: 'PENDING', label: 'Pending' },
      locked: { value: null },
      accountId: { value: null },
      accountCode: { value: 'atlas' },
      deleted: { value: true },
      complete: { value: false },
    };
    const state = { status: 'PENDING', statusLabel: 'Pending', accountId: undefined, deleted: true, complete: false };
    expect(billState(node)).toEqual({ ...state, accountCode: 'atlas', locked: false });
  });

  it('says status and lock in words, each with an icon', () => {
    expect(statusWords(sent)).toEqual({ text: 'Approved', icon: 'utility:success' });
    expect(statusWords({ ...sent, locked: true })).toEqual({ text: 'Approved · Locked', icon: 'utility:lock' });
    expect(statusWords({ ...sent, status: 'PENDING' })).toEqual({ text: 'Pending', icon: 'utility:clock' });
  });

  it('shows a status that it does not know by the name the org has for it', () => {
    expect(statusWords({ ...sent, status: 'VOID', statusLabel: 'Void' }).text).toBe('Void');
  });

  it('has nothing to say about a Bill that is as it should be', () => {
    expect(notices(sent)).toEqual([]);
  });

  it('names what a person should know, the weightiest first', () => {
    const found = notices({ ...sent, deleted: true, accountId: undefined, complete: false });
    expect(found.map(({ word }) => word)).toEqual(['Deleted in m3ter', 'Unmatched', 'Still being written']);
    expect(found[1]?.text).toContain('m3ter Account atlas');
  });
});
