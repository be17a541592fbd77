import type { Integration } from '../rules/integration.ts';
import { integration } from '../rules/testing.ts';
import type { ConfiguredIntegration } from '../salesforce/controlPlane.ts';
import type { FactStore } from '../store/types.ts';

/** An integration as the org holds it, connected by the credential `main`, for tests. */
export function configured(changes: Partial<ConfiguredIntegration | Integration> = {}): ConfiguredIntegration {
  return {
    ...integration(),
    credentialKey: 'main',
    notificationUserIds: [],
    successiveErrors: 0,
    disabledReason: null,
    disabledAt: null,
    lastCheck: null,
    version: 1,
    createdAt: null,
    createdById: null,
    modifiedAt: null,
    modifiedById: null,
    ...changes,
  };
}

/** Facts in memory, for tests. */
export function facts(): FactStore & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    get: (name) => Promise.resolve(values.get(name)),
    set: (name, value) => Promise.resolve(void values.set(name, value)),
    claimLater: (name, value) => {
      const isLater = value > (values.get(name) ?? '');
      if (isLater) values.set(name, value);
      return Promise.resolve(isLater);
    },
  };
}
