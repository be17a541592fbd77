import { jsforceConnection, JSFORCE } from './jsforceConnection.ts';
import { BILL, LINE } from './peer.ts';
import type { Peer } from './peer.ts';

export const jsforceSingles: Peer = {
  name: 'jsforce upsert, one by one',
  says: `${JSFORCE}: sobject.upsert(record), one after the other`,
  sample: 5,
  async load(org, bills) {
    const connection = jsforceConnection(org);
    for (const { header, lines } of bills) {
      await connection.sobject(BILL.object).upsert(header, BILL.key);
      for (const line of lines) await connection.sobject(LINE.object).upsert(line, LINE.key);
    }
  },
};
