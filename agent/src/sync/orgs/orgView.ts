import { checkIntegration, type OrgCredentials } from '../../rules/gates.ts';
import { effectiveRulesHash, inOwnershipOrder } from '../../rules/ownership.ts';
import type { ConfiguredIntegration } from '../../salesforce/controlPlane.ts';
import type { IdleIntegration } from '../report.ts';

/** An integration that may work, and what decides about its Bills. */
export interface ReadyIntegration {
  readonly integration: ConfiguredIntegration;
  /** Ready integrations that may own a Bill instead, the first one first. */
  readonly before: readonly ConfiguredIntegration[];
  /** Changes when a rule changes that decides about a Bill of this integration. */
  readonly rulesHash: string;
}

/** The integrations of an org as they were when the agent last looked. */
export interface OrgView {
  readonly all: readonly ConfiguredIntegration[];
  /** In the order in which they own Bills. */
  readonly ready: readonly ReadyIntegration[];
  /** Enabled, but not ready. */
  readonly idle: readonly IdleIntegration[];
  readonly readAt: Date;
}

export function orgView(
  all: readonly ConfiguredIntegration[],
  orgId: string,
  credentials: OrgCredentials,
  readAt: Date,
): OrgView {
  const checked = inOwnershipOrder(all).map((integration) => ({
    integration,
    readiness: checkIntegration(integration, orgId, credentials),
  }));
  const ready = checked.flatMap(({ integration, readiness }) => (readiness.ready ? [integration] : []));
  return {
    all,
    ready: ready.map((integration, index) => {
      const before = ready.slice(0, index);
      return { integration, before, rulesHash: effectiveRulesHash(integration, before) };
    }),
    idle: checked.flatMap(({ integration: { name }, readiness }) =>
      readiness.ready || readiness.reason === 'disabled'
        ? []
        : [{ name, reason: readiness.reason, detail: readiness.detail }],
    ),
    readAt,
  };
}
