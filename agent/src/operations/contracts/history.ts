import Type from 'typebox';
import { EVENT_NAMES, RUN_STATUSES, RUN_TRIGGERS } from '../../rules/records.ts';
import { Event, Run } from '../shapes.ts';
import { closed, integration, limit, option, org, since, text } from './parts.ts';

/** What was done with Bills, and what went wrong. */
export const HISTORY = {
  runs: {
    says: 'Runs of batches, newest first; with `bill` the Runs of one Bill',
    input: closed({
      integration: option(integration),
      org,
      status: option(Type.Enum(RUN_STATUSES)),
      trigger: option(Type.Enum(RUN_TRIGGERS)),
      bill: option(text),
      since,
      limit,
    }),
    output: Type.Object({ runs: Type.Array(Run) }),
  },
  run: {
    says: 'One Run by record id, name or key, with the Runs of its Bills and its Events',
    input: closed({ run: text, org, limit }),
    output: Type.Object({ run: Run, children: Type.Array(Run), events: Type.Array(Event) }),
  },
  events: {
    says: 'Events, newest first; those to act on unless `actioned` says otherwise',
    input: closed({
      integration: option(integration),
      org,
      eventName: option(Type.Enum(EVENT_NAMES)),
      actioned: option(Type.Enum(['open', 'actioned', 'all'])),
      since,
      limit,
    }),
    output: Type.Object({ events: Type.Array(Event) }),
  },
  actionEvents: {
    says: 'Marks Events as acted on, by record id or name',
    input: closed({ events: Type.Array(text, { minItems: 1, maxItems: 200 }), org }),
    output: Type.Object({ events: Type.Array(Event) }),
  },
  statement: {
    says: 'A fresh address of the statement that m3ter has made of a Bill; it works for a short time, without a token',
    input: closed({ bill: text, format: option(Type.Enum(['csv', 'json'])), org }),
    output: Type.Object({
      billId: Type.String(),
      reference: Type.String(),
      format: Type.Enum(['csv', 'json']),
      address: Type.String(),
      /** The Bill has changed since the statement was made. */
      isStale: Type.Boolean(),
    }),
  },
} as const;
