import Type from 'typebox';
import { maybe, UnmatchedAccount } from '../shapes.ts';
import { closed, count, integration, limit, option, org, text } from './parts.ts';

/** Which m3ter Accounts an integration takes, and which Salesforce Accounts they are. */
export const ACCOUNTS = {
  createExternalMapping: {
    says: 'Maps a m3ter Account to a Salesforce Account in m3ter, and sends what waited for it',
    input: closed({
      m3terAccountId: text,
      /** A record id or Account number of the org. */
      externalId: text,
      /** Ties the mapping to this integration; without, it serves every one. */
      integration: option(integration),
      org,
    }),
    output: Type.Object({
      id: Type.String(),
      m3terAccountId: Type.String(),
      externalId: Type.String(),
      /** The record id of the Account that was found. */
      accountId: Type.String(),
      integrationId: maybe(Type.String()),
      orgId: Type.String(),
    }),
  },
  suggestAccounts: {
    says: 'Which Salesforce Accounts fit the m3ter Accounts whose Bills have no Account yet; changes nothing',
    input: closed({ org, limit }),
    output: Type.Object({ unmatched: Type.Array(UnmatchedAccount) }),
  },
  testFilter: {
    says: 'Which m3ter Accounts an account filter, or an integration with its lists, lets through; why for one Account',
    input: closed({
      filter: option(Type.String()),
      integration: option(integration),
      org,
      /** A m3ter Account by id or code. */
      account: option(text),
      limit,
    }),
    output: Type.Object({
      filter: Type.String(),
      accountsRead: count,
      matching: count,
      /** As many as `limit` says. */
      accounts: Type.Array(Type.Object({ id: Type.String(), code: maybe(Type.String()), name: maybe(Type.String()) })),
      /** The Account that was asked about. */
      account: maybe(
        Type.Object({
          id: Type.String(),
          code: maybe(Type.String()),
          isLetThrough: Type.Boolean(),
          reason: Type.String(),
        }),
      ),
      /** Accounts for which the filter is neither true nor false, with the first reason. */
      unclear: Type.Object({ count, example: maybe(Type.String()) }),
      /** What a filter can ask for below `customFields`: on how many Accounts, and some of its values. */
      customFields: Type.Array(
        Type.Object({ name: Type.String(), accounts: count, examples: Type.Array(Type.String()) }),
      ),
    }),
  },
} as const;
