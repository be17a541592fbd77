import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { testRuntime } from '../../testing/testRuntime.ts';
import { SalesforceError, SalesforceSetupError } from '../errors.ts';
import { BulkLoader } from './bulkLoader.ts';

interface Org {
  /** What a job says each time it is looked at; the last stays. Default: it is complete. */
  readonly jobs?: readonly object[];
  /** CSV by the end of the path. */
  readonly results?: Readonly<Record<string, string>>;
  /** Thrown by the call whose method and path begin so. */
  readonly refuses?: readonly [call: string, error: Error];
  readonly mostBytes?: number;
}

const COMPLETE = { state: 'JobComplete', numberRecordsFailed: 0 };
const records = (...keys: string[]) => keys.map((Key__c) => ({ Key__c, Name: `name of ${Key__c}` }));

/** A loader of an org whose jobs are named `job-1`, `job-2`, and the calls that it made. */
function loader({ jobs = [COMPLETE], results = {}, refuses, mostBytes }: Org = {}) {
  const calls: string[] = [];
  const sent: unknown[] = [];
  const left = [...jobs];
  let count = 0;
  const call = (text: string, body?: unknown): void => {
    calls.push(text);
    if (body !== undefined) sent.push(body);
    if (refuses && text.startsWith(refuses[0])) throw refuses[1];
  };
  const connection = {
    request: async (method: string, path: string, body?: unknown) => {
      await Promise.resolve(call(`${method} ${path}`, body));
      if (method === 'POST') return { id: `job-${(count += 1)}` };
      return method === 'GET' ? (left.length > 1 ? left.shift() : left[0]) : undefined;
    },
    upload: (path: string, csv: string) => Promise.resolve(call(`PUT ${path}`, csv)),
    download: async (path: string) => {
      await Promise.resolve(call(`GET ${path}`));
      return results[path.split('/').at(-1) ?? ''] ?? '';
    },
  };
  const runtime = testRuntime();
  const onJob = (jobId: string): Promise<void> => Promise.resolve(void calls.push(`begins ${jobId}`));
  return { bulk: new BulkLoader(connection, runtime, onJob, mostBytes), calls, sent, runtime };
}

const upsert = (bulk: BulkLoader, keys = ['a', 'b'], withIds = false) =>
  bulk.upsert('Bill__c', 'Key__c', records(...keys), { withIds });

describe('a bulk load', () => {
  it('is a job that is named before it gets its data, closed, and waited for', async () => {
    const { bulk, calls, sent } = loader();
    assert.deepEqual(await upsert(bulk), { refused: [], ids: new Map() });
    assert.deepEqual(calls, [
      'POST /jobs/ingest',
      'begins job-1',
      'PUT /jobs/ingest/job-1/batches',
      'PATCH /jobs/ingest/job-1',
      'GET /jobs/ingest/job-1',
    ]);
    assert.deepEqual(sent, [
      {
        object: 'Bill__c',
        operation: 'upsert',
        externalIdFieldName: 'Key__c',
        contentType: 'CSV',
        lineEnding: 'LF',
      },
      'Key__c,Name\na,name of a\nb,name of b\n',
      { state: 'UploadComplete' },
    ]);
  });

  it('is no call when there is nothing to load', async () => {
    const { bulk, calls } = loader();
    assert.deepEqual(await upsert(bulk, []), { refused: [], ids: new Map() });
    assert.deepEqual(calls, []);
  });

  it('is looked at until it is over, ever more rarely', async () => {
    const jobs = ['UploadComplete', ...Array<string>(12).fill('InProgress'), 'JobComplete'];
    const { bulk, runtime } = loader({ jobs: jobs.map((state) => ({ state, numberRecordsFailed: 0 })) });
    await upsert(bulk);
    assert.equal(runtime.slept.length, jobs.length);
    assert.deepEqual(runtime.slept.slice(0, 3), [500, 750, 1125]);
    assert.equal(runtime.slept.at(-1), 10_000);
  });

  it('is not waited for any more when the agent is told to stop', async () => {
    const { bulk, calls, runtime } = loader();
    runtime.abort();
    await assert.rejects(upsert(bulk), { name: 'AbortError' });
    assert.equal(calls.at(-1), 'PATCH /jobs/ingest/job-1');
  });

  it('names the rows that failed, and those that the job never came to', async () => {
    const { bulk } = loader({
      jobs: [{ state: 'JobComplete', numberRecordsFailed: 2 }],
      results: {
        failedResults:
          '"sf__Id","sf__Error","Key__c","Name"\n"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","a","x, ""y"""\n',
        unprocessedrecords: 'Key__c,Name\nb,name of b\n',
      },
    });
    assert.deepEqual((await upsert(bulk)).refused, [
      { key: 'a', error: 'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --' },
      { key: 'b', error: '' },
    ]);
  });

  it('that failed without a reason of its own is told row by row', async () => {
    const { bulk } = loader({
      jobs: [{ state: 'Failed', numberRecordsFailed: 0 }],
      results: { failedResults: 'sf__Id,sf__Error,Key__c\n', unprocessedrecords: 'Key__c,Name\na,x\nb,y\n' },
    });
    assert.deepEqual(
      (await upsert(bulk)).refused.map(({ key }) => key),
      ['a', 'b'],
    );
  });

  for (const [job, why] of [
    [{ state: 'Failed', errorMessage: 'InvalidBatch : Field name not found : Nmae' }, /Field name not found : Nmae\./],
    [{ state: 'Aborted' }, /somebody aborted it\./],
  ] as const) {
    it(`that ended as ${job.state} is an error with what to do`, async () => {
      const { bulk } = loader({ jobs: [job] });
      await assert.rejects(upsert(bulk), (error: Error) => {
        assert.ok(error instanceof SalesforceError);
        assert.equal(error.code, 'BULK_JOB_FAILED');
        assert.match(error.message, why);
        assert.match(error.message, /The bulk job job-1 for Bill__c .* Give the same command again/);
        return true;
      });
    });
  }

  it('tells the record ids where they are wanted', async () => {
    const successfulResults = '"sf__Id","sf__Created","Key__c"\n"a01","true","a"\n"a02","false","b"\n';
    const { bulk } = loader({ results: { successfulResults } });
    assert.deepEqual((await upsert(bulk, ['a', 'b'], true)).ids, new Map([['a', 'a01'], ['b', 'a02']])); // prettier-ignore
  });

  it('of more than a job may hold is several jobs, one after the other', async () => {
    const { bulk, calls, sent } = loader({
      mostBytes: 40,
      jobs: [{ state: 'JobComplete', numberRecordsFailed: 1 }, COMPLETE],
      results: { failedResults: 'sf__Id,sf__Error,Key__c\n,WHY,b\n', unprocessedrecords: '' },
    });
    assert.deepEqual((await upsert(bulk, ['a', 'b', 'c'])).refused, [{ key: 'b', error: 'WHY' }]);
    assert.deepEqual(
      sent.filter((body) => typeof body === 'string'),
      ['Key__c,Name\na,name of a\nb,name of b\n', 'Key__c,Name\nc,name of c\n'],
    );
    const second = calls.indexOf('begins job-2');
    assert.ok(second > calls.indexOf('GET /jobs/ingest/job-1/unprocessedrecords'));
  });

  it('goes on with the error that says the org allows no bulk jobs', async () => {
    const refuses = ['POST', new SalesforceSetupError('no', { code: 'FEATURENOTENABLED' })] as const;
    const { bulk, calls } = loader({ refuses });
    await assert.rejects(upsert(bulk), SalesforceSetupError);
    assert.deepEqual(calls, ['POST /jobs/ingest']);
  });
});

describe('a bulk job that an agent before left behind', () => {
  it('is aborted', async () => {
    const { bulk, calls, sent } = loader();
    await bulk.abort('old');
    assert.deepEqual([calls, sent], [['PATCH /jobs/ingest/old'], [{ state: 'Aborted' }]]);
  });

  it('is left as it is when it is over already', async () => {
    const isOver = new SalesforceError('INVALIDJOBSTATE', 'Aborting already completed Job not allowed', 'badData');
    await loader({ refuses: ['PATCH', isOver] }).bulk.abort('old');
  });
});
