import { format } from 'c/format';

describe('c/format', () => {
  it('fills placeholders by position, as often as they occur', () => {
    expect(format('{1} of {0}, {1}', 'three', 'one')).toBe('one of three, one');
  });

  it('leaves a placeholder without a value, and takes values literally', () => {
    expect(format('{0} and {1}', '$& {1}')).toBe('$& {1} and {1}');
  });
});
