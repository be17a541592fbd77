import { openDialog } from 'c/openDialog';

describe('openDialog', () => {
  it('hands over what the dialog takes and gives what it was closed with', async () => {
    const open = jest.fn().mockResolvedValue('yes');
    expect(await openDialog({ open }, { label: 'Sure?', current: '1' })).toBe('yes');
    expect(open).toHaveBeenCalledWith({ label: 'Sure?', current: '1' });
  });
});
