import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SalesforceError } from '../../salesforce/errors.ts';
import { testRuntime } from '../../testing/testRuntime.ts';
import type { OrgSession } from '../orgs/orgSession.ts';
import { facts } from '../testing.ts';
import { endAbandonedJobs } from './abandonedJobs.ts';
import { BackfillMemory, type Unfinished } from './progress.ts';

const unfinished = (jobId: string | null): Unfinished => ({
  ...{ from: '2026-01-01', to: '2026-06-30', runKey: 'backfill', startedAt: '2026-11-22T12:00:00.000Z' },
  ...{ jobId, isPaused: false },
});

describe('bulk jobs that a killed agent left behind', () => {
  it('are ended, again when that was not possible, and the backfill can still go on', async () => {
    const known = facts();
    const calls: string[] = [];
    const session = {
      orgId: 'org',
      connection: {
        request: (method: string, path: string, body: object) => {
          calls.push(`${method} ${path} ${JSON.stringify(body)}`);
          const isFirst = calls.length === 1;
          if (isFirst) return Promise.reject(new SalesforceError('TIMEOUT', 'The org is away.', 'transient'));
          // One that is over already.
          return Promise.reject(new SalesforceError('INVALIDJOBSTATE', 'The job is over.', 'badData'));
        },
      },
    } as unknown as OrgSession;
    const memory = (integrationId: string) => new BackfillMemory(known, { orgId: 'org', integrationId });
    await memory('i1').write(unfinished('750A'));
    await memory('i2').write(unfinished(null));
    const parts = { facts: known, runtime: testRuntime() };
    const ids = ['i1', 'i2', 'i3'];
    await assert.rejects(endAbandonedJobs(session, ids, parts), /away/);
    for (let times = 0; times < 2; times += 1) await endAbandonedJobs(session, ids, parts);
    assert.deepEqual(calls, Array(2).fill('PATCH /jobs/ingest/750A {"state":"Aborted"}'));
    assert.deepEqual(await memory('i1').read(), unfinished(null));
  });
});
