import { formatInstant } from 'c/dates';
import { sourceVersionWords } from 'c/sourceVersion';

describe('sourceVersionWords', () => {
  it('says the instant that the agent made the version of', () => {
    const instant = '2026-11-22T08:00:00.250Z';
    expect(sourceVersionWords(Date.parse(instant) * 1000 + 32)).toBe(formatInstant(instant));
  });

  it('shows a bare version as it is, and nothing for none', () => {
    expect([sourceVersionWords(3), sourceVersionWords(null)]).toEqual(['3', '']);
  });
});
