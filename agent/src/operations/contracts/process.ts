import Type from 'typebox';
import { Batch, Check, maybe, QueueDepth } from '../shapes.ts';
import { closed, count } from './parts.ts';

/** The agent itself, and how it is set up. */
export const PROCESS = {
  status: {
    says: 'The agent, its orgs, its queue, its last batches, and Bills by status',
    input: closed({}),
    output: Type.Object({
      agent: Type.Object({
        version: Type.String(),
        isRunning: Type.Boolean(),
        startedAt: maybe(Type.String()),
        processId: maybe(Type.Integer()),
      }),
      store: Type.Object({ kind: Type.String(), url: Type.String() }),
      m3terOrgId: maybe(Type.String()),
      orgs: Type.Array(
        Type.Object({
          credential: Type.String(),
          orgId: maybe(Type.String()),
          isConnected: Type.Boolean(),
          detail: maybe(Type.String()),
          apiCallsUsed: maybe(count),
          apiCallLimit: maybe(count),
          apiBudget: maybe(count),
        }),
      ),
      queue: QueueDepth,
      /** sent, skipped, waiting, failed */
      bills: Type.Record(Type.String(), count),
      batches: Type.Array(Batch),
    }),
  },
  doctor: {
    says: 'Checks everything that the agent needs, with a fix for each finding',
    input: closed({}),
    output: Type.Object({ isGood: Type.Boolean(), checks: Type.Array(Check) }),
  },
  configCheck: {
    says: 'The settings in force, where each comes from, and what is wrong with them',
    input: closed({}),
    output: Type.Object({
      /** They are those of an agent that runs; false: those of the command. */
      isRunning: Type.Boolean(),
      isGood: Type.Boolean(),
      settings: Type.Array(
        Type.Object({
          name: Type.String(),
          variable: Type.String(),
          /** Null when not set; secrets only say that they are set. */
          value: maybe(Type.String()),
          source: Type.Enum(['environment', 'file', 'default', 'none']),
        }),
      ),
      problems: Type.Array(Type.String()),
      /** To be known; nothing is wrong. */
      warnings: Type.Array(Type.String()),
    }),
  },
} as const;
