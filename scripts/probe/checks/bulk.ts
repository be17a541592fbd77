import { setTimeout as delay } from 'node:timers/promises';
import type { Check } from '../check.ts';
import type { ProbeOrg } from '../org.ts';

interface JobInfo {
  id: string;
  state: string;
  errorMessage?: string;
  numberRecordsProcessed?: number;
}

const POLL_MS = 50;
const LONGEST_POLL_MS = 2000;
const ENDED = ['JobComplete', 'Failed', 'Aborted'];

/** Waits until a job has ended, asking less and less often. */
async function ended(org: ProbeOrg, kind: 'ingest' | 'query', id: string): Promise<JobInfo> {
  for (let pause = POLL_MS; ; pause = Math.min(pause * 2, LONGEST_POLL_MS)) {
    const info = (await org.get(`jobs/${kind}/${id}`)).body as JobInfo;
    if (ENDED.includes(info.state)) return info;
    await delay(pause);
  }
}

/** Runs an ingest job; without data, none is uploaded. */
async function ingest(org: ProbeOrg, order: object, data?: string): Promise<JobInfo> {
  const { id } = (await org.send('POST', 'jobs/ingest', { object: 'Account', lineEnding: 'LF', ...order }))
    .body as JobInfo;
  if (data !== undefined) await org.send('PUT', `jobs/ingest/${id}/batches`, data);
  await org.send('PATCH', `jobs/ingest/${id}`, { state: 'UploadComplete' });
  return await ended(org, 'ingest', id);
}

/** What Bulk API 2.0 does; jobs are deleted again. */
export const bulkChecks: Check[] = [
  {
    name: 'bulk-empty-cells',
    writes: true,
    expected: ['kept', null],
    async find(org) {
      const id = await org.make('Account', { Name: 'm3ter probe bulk', AccountNumber: 'kept' });
      const found: unknown[] = [];
      for (const cell of ['', '#N/A']) {
        const job = await ingest(
          org,
          { operation: 'update' },
          `Id,Name,AccountNumber\n${id},m3ter probe bulk,${cell}\n`,
        );
        await org.send('DELETE', `jobs/ingest/${job.id}`);
        found.push((await org.rows(`SELECT AccountNumber FROM Account WHERE Id = '${id}'`))[0]?.['AccountNumber']);
      }
      return found;
    },
  },
  {
    name: 'bulk-line-endings',
    writes: true,
    expected: { state: 'Failed', isSaid: true },
    async find(org) {
      const { id, state, errorMessage } = await ingest(org, { operation: 'insert' }, 'Name\r\nm3ter probe lines\r\n');
      await org.send('DELETE', `jobs/ingest/${id}`);
      return { state, isSaid: /LineEnding is invalid on user data/.test(errorMessage ?? '') };
    },
  },
  {
    name: 'bulk-without-data',
    writes: true,
    expected: { state: 'JobComplete', numberRecordsProcessed: 0 },
    async find(org) {
      const { id, state, numberRecordsProcessed } = await ingest(org, { operation: 'insert' });
      await org.send('DELETE', `jobs/ingest/${id}`);
      return { state, numberRecordsProcessed };
    },
  },
  {
    name: 'bulk-query-results',
    writes: true,
    expected: { locator: 'null', count: '1', lines: ['"Name"', true] },
    async find(org) {
      const order = { operation: 'query', query: 'SELECT Name FROM Organization' };
      const { id } = (await org.send('POST', 'jobs/query', order)).body as JobInfo;
      await ended(org, 'query', id);
      const { headers, body } = await org.get(`jobs/query/${id}/results`);
      await org.send('DELETE', `jobs/query/${id}`);
      const [header, row] = String(body).split('\n');
      return {
        locator: headers.get('sforce-locator'),
        count: headers.get('sforce-numberofrecords'),
        lines: [header, /^".*"$/.test(row ?? '')],
      };
    },
  },
];
