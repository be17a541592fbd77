import type { FactStore, NotificationStore, StoredNotification } from '../store/types.ts';

/** An outbox in memory. */
export function memoryOutbox(): NotificationStore & { readonly waiting: Map<string, StoredNotification> } {
  const waiting = new Map<string, StoredNotification>();
  let last = 0;
  return {
    waiting,
    add: (notification) => {
      if ([...waiting.values()].some(({ key }) => key === notification.key)) return Promise.resolve();
      const id = String((last += 1));
      waiting.set(id, { ...notification, id, attempts: 0, error: null, nextAt: notification.createdAt });
      return Promise.resolve();
    },
    due: (now) => Promise.resolve([...waiting.values()].filter(({ nextAt }) => nextAt <= now)),
    markSent: (id) => Promise.resolve(void waiting.delete(id)),
    markFailed: (id, error, nextAt) => {
      const found = waiting.get(id);
      if (found) waiting.set(id, { ...found, attempts: found.attempts + 1, error, nextAt });
      return Promise.resolve();
    },
  };
}

/** Facts in memory. */
export function memoryFacts(): Pick<FactStore, 'get' | 'set'> {
  const facts = new Map<string, string>();
  return {
    get: (name) => Promise.resolve(facts.get(name)),
    set: (name, value) => Promise.resolve(void facts.set(name, value)),
  };
}
