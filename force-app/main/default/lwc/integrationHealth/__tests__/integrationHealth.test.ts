import { healthOf } from 'c/integrationHealth';

const now = new Date('2026-11-22T12:00:00Z');
const good = { enabled: true, connected: true, lastCheck: '2026-11-22T11:59:00.000Z' };

describe('healthOf', () => {
  it('says that nothing is set up when there is no integration', () => {
    expect(healthOf([], 0, now)).toBe('notSetUp');
  });

  it('is working when every integration is enabled, connected and was checked lately', () => {
    expect(healthOf([good, good], 0, now)).toBe('working');
  });

  it('wants attention when there are things to act on', () => {
    expect(healthOf([good], 3, now)).toBe('attention');
  });

  it('wants attention when one of several integrations is disabled or not connected', () => {
    expect(healthOf([good, { ...good, enabled: false }], 0, now)).toBe('attention');
    expect(healthOf([good, { ...good, connected: false }], 0, now)).toBe('attention');
  });

  it('is disabled when no integration is enabled', () => {
    expect(healthOf([{ ...good, enabled: false }], 1, now)).toBe('disabled');
  });

  it('is not connected when no enabled integration has reached the org', () => {
    expect(healthOf([{ ...good, connected: false }], 0, now)).toBe('notConnected');
  });

  it('is silent when the agent has not looked for more than two hours, or never', () => {
    expect(healthOf([{ ...good, lastCheck: '2026-11-22T09:59:00.000Z' }], 0, now)).toBe('silent');
    expect(healthOf([{ ...good, lastCheck: null }], 0, now)).toBe('silent');
  });
});
