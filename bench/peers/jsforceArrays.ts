import { checked, jsforceConnection, JSFORCE } from './jsforceConnection.ts';
import { BILL, LINE } from './peer.ts';
import type { Peer } from './peer.ts';

export const jsforceArrays: Peer = {
  name: 'jsforce upsert, arrays',
  says: `${JSFORCE}: sobject.upsert(all, {allowRecursive}): 200 records a call, one call after the other`,
  sample: 400,
  async load(org, bills) {
    const connection = jsforceConnection(org);
    const options = { allowRecursive: true, allOrNone: false };
    checked(
      await connection.sobject(BILL.object).upsert(
        bills.map(({ header }) => header),
        BILL.key,
        options,
      ),
    );
    checked(
      await connection.sobject(LINE.object).upsert(
        bills.flatMap(({ lines }) => lines),
        LINE.key,
        options,
      ),
    );
  },
};
