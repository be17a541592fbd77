import { SetupError } from '../errors.ts';
import { pino, type Logger } from 'pino';
import type { PlainSettings } from '../config/settings.ts';
import type { Settings } from '../config/load.ts';
import { M3terClient } from '../m3ter/client.ts';
import { systemRuntime } from '../runtime.ts';
import type { SalesforceCredentials } from '../salesforce/credentials.ts';
import { SalesforceConnection } from '../salesforce/connection.ts';
import { Store } from '../store/store.ts';
import type { Ends } from '../sync/session.ts';

/** Logs as JSON lines on stderr, so that stdout is for results; written at once, so that none is lost at the end. */
export function createLogger(level: PlainSettings['logLevel']): Logger {
  return pino({ level }, pino.destination({ dest: 2, sync: true }));
}

/** Opens the store and makes the clients. Close the store in the end. */
export async function openEnds(settings: Settings, logger: Logger, signal: AbortSignal): Promise<Ends> {
  const runtime = systemRuntime(logger, signal);
  const m3terCredential = settings.environmentCredentials.find((one) => one.kind === 'm3terServiceUser');
  const m3ter = new M3terClient(
    {
      baseUrl: settings.m3terBaseUrl,
      orgId: settings.m3terOrgId ?? '',
      apiKey: m3terCredential?.publicData.apiKey ?? '',
      apiSecret: m3terCredential?.secret.apiSecret ?? '',
      requestsPerSecond: settings.m3terRequestsPerSecond,
    },
    runtime,
  );
  const connection = new SalesforceConnection(
    {
      loginUrl: settings.salesforceLoginUrl ?? '',
      credentials: salesforceCredentials(settings),
      concurrency: settings.salesforceConcurrency,
    },
    runtime,
  );
  const store = await Store.open(settings.storeUrl);
  return { m3ter, m3terOrgId: settings.m3terOrgId ?? '', connection, store, runtime };
}

function salesforceCredentials({ environmentCredentials }: Settings): SalesforceCredentials {
  for (const { kind, publicData, secret } of environmentCredentials) {
    if (kind === 'clientCredentials' || kind === 'jwtBearer') {
      return { kind, ...publicData, ...secret } as SalesforceCredentials;
    }
  }
  throw new SetupError('There is no Salesforce credential. See: m3ter-bills help configuration');
}
