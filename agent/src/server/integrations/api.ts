import type { FastifyInstance } from 'fastify';
import type { Operations } from '../../operations/operations.ts';
import { HttpError } from '../errors.ts';
import { requireToken, tokenRoute } from './auth.ts';
import { availableRoutes } from './availableRoutes.ts';
import { configRoutes } from './configRoutes.ts';
import { eventRoutes } from './eventRoutes.ts';
import { toFailure } from './failures.ts';
import { unreachableNames, type KnownOrgs } from './gateway.ts';
import { mappingRoutes, type M3terForward } from './mappingRoutes.ts';
import { runRoutes } from './runRoutes.ts';
import { AccessTokens, type ApiClients } from './tokens.ts';

/** What the Integrations API stands on. */
export interface IntegrationsApi {
  readonly m3terOrgId: string;
  readonly clients: ApiClients;
  /** The orgs of all Salesforce credentials, in a fixed order. */
  readonly orgs: () => KnownOrgs | Promise<KnownOrgs>;
  readonly operations: Pick<Operations, 'enable' | 'disable' | 'replay' | 'actionEvents'>;
  /** Sends a request to m3ter as the agent. */
  readonly forward: M3terForward;
  /** Looks at the integrations of an org anew, because one was changed. */
  readonly refresh: (orgId: string) => Promise<void>;
  /** Looks again at the Bills that wait for this m3ter Account, because it was mapped. */
  readonly mappingAppeared: (m3terAccountId: string) => Promise<void>;
  readonly now: () => Date;
}

/** Tells that an answer lacks what is in these orgs, by the names of their credentials. */
const UNREACHABLE_HEADER = 'x-unreachable-orgs';

/**
 * m3ter's API for integrations, same paths and shapes, for the integrations that this agent runs: `/oauth/token` and
 * below `/organizations/M3TER_ORG_ID` integrationconfigs, integrationruns, events and, passed on to m3ter,
 * externalmappings. Beyond m3ter's: disable an integration, replay a Run, action an Event.
 */
export function integrationsApi(api: IntegrationsApi) {
  return async (app: FastifyInstance): Promise<void> => {
    const tokens = new AccessTokens(api.now);
    await app.register(tokenRoute(api.clients, tokens));
    await app.register(
      async (org) => {
        requireToken(org, api.clients, tokens);
        org.addHook('preValidation', (request, _reply, done) => {
          const { m3terOrgId } = request.params as { m3terOrgId: string };
          const isServed = m3terOrgId === api.m3terOrgId;
          done(
            isServed ? undefined : new HttpError(404, `This agent does not serve m3ter organization ${m3terOrgId}.`),
          );
        });
        org.addHook('onSend', async (_request, reply) => {
          const names = unreachableNames(await api.orgs());
          if (names.length > 0) reply.header(UNREACHABLE_HEADER, names.join(', '));
        });
        const { errorHandler } = org;
        org.setErrorHandler((error, request, reply) => errorHandler(toFailure(error) ?? error, request, reply));
        for (const routes of [configRoutes, availableRoutes, runRoutes, eventRoutes, mappingRoutes]) {
          await org.register(routes(api));
        }
      },
      { prefix: '/organizations/:m3terOrgId' },
    );
  };
}
