import { healthOf, lastSignOfLife } from 'c/integrationHealth';

const now = new Date('2026-11-22T12:00:00Z');
const alive = '2026-11-22T11:59:00.000Z';
const good = { enabled: true, connected: true, lastCheck: alive };

describe('healthOf', () => {
  it('says that nothing is set up when there is no integration', () => {
    expect(healthOf([], 0, alive, now)).toBe('notSetUp');
  });

  it('is working when every integration is enabled and connected, and the agent is alive', () => {
    expect(healthOf([good, good], 0, alive, now)).toBe('working');
  });

  it('wants attention when there are things to act on', () => {
    expect(healthOf([good], 3, alive, now)).toBe('attention');
  });

  it('wants attention when one of several integrations is disabled or not connected', () => {
    expect(healthOf([good, { ...good, enabled: false }], 0, alive, now)).toBe('attention');
    expect(healthOf([good, { ...good, connected: false }], 0, alive, now)).toBe('attention');
  });

  it('is disabled when no integration is enabled', () => {
    expect(healthOf([{ ...good, enabled: false }], 1, alive, now)).toBe('disabled');
  });

  it('is not connected when no enabled integration has reached the org', () => {
    expect(healthOf([{ ...good, connected: false }], 0, alive, now)).toBe('notConnected');
  });

  it('is silent when the agent gave no sign of life for more than ten minutes, or never', () => {
    expect(healthOf([good], 0, '2026-11-22T11:49:59.000Z', now)).toBe('silent');
    expect(healthOf([good], 0, null, now)).toBe('silent');
  });
});

describe('lastSignOfLife', () => {
  it('is the newest of the report of the agent and its checks', () => {
    expect(lastSignOfLife([good], '2026-11-22T11:00:00.000Z')).toBe(alive);
    expect(lastSignOfLife([{ ...good, lastCheck: null }], '2026-11-22T11:00:00.000+0000')).toBe(
      '2026-11-22T11:00:00.000+0000',
    );
    expect(lastSignOfLife([{ ...good, lastCheck: null }], null)).toBeNull();
  });
});
