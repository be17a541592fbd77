import { csvOf } from './csv.ts';
import { jsforceConnection, JSFORCE } from './jsforceConnection.ts';
import { BILL, LINE } from './peer.ts';
import type { Peer } from './peer.ts';

export const jsforceBulk: Peer = {
  name: 'jsforce bulk2',
  says: `${JSFORCE}: bulk2.loadAndWaitForResults, Bills and then Line Items`,
  async load(org, bills) {
    const connection = jsforceConnection(org);
    const csv = csvOf(bills);
    for (const [{ object, key }, input] of [
      [BILL, csv.bills],
      [LINE, csv.lines],
    ] as const) {
      const job = {
        object,
        operation: 'upsert',
        externalIdFieldName: key,
        input,
        pollTimeout: 600_000,
        pollInterval: 500,
      } as const;
      const { failedResults } = await connection.bulk2.loadAndWaitForResults(job);
      if (failedResults.length > 0) throw new Error(`Rows failed: ${JSON.stringify(failedResults[0])}`);
    }
  },
};
