import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import Big from 'big.js';
import { DataSetError, readDataSet } from './dataSet.ts';
import { DEFAULT_INTEGRATION } from './model.ts';

const GOOD = {
  'accounts.ndjson': '{"id":"a1","name":"One"}\n',
  'bills.ndjson':
    '{"id":"b1","accountId":"a1","billTotal":0.10000000000000000001,"lineItems":[{"subtotal":12345678901234567890}]}\n',
  'externalmappings.ndjson': '\n',
  'salesforce-accounts.ndjson': '{"Id":"001000000000001AAA","Name":"One"}\r\n',
};

function folderWith(t: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'data-set-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

function problemsOf(folder: string): string[] {
  try {
    readDataSet(folder);
  } catch (error) {
    assert.ok(error instanceof DataSetError);
    return error.problems;
  }
  return [];
}

describe('reading a data set', () => {
  it('keeps numbers exact and gives one integration with every default', (t) => {
    const dataSet = readDataSet(folderWith(t, GOOD));
    const [bill] = dataSet.bills;
    assert.equal(new Big(bill?.billTotal ?? 0).toFixed(), '0.10000000000000000001');
    assert.equal(new Big(bill?.lineItems?.[0]?.subtotal ?? 0).toFixed(), '12345678901234567890');
    assert.deepEqual(dataSet.integrations, [DEFAULT_INTEGRATION]);
    assert.deepEqual(
      [dataSet.accounts.length, dataSet.externalMappings.length, dataSet.salesforceAccounts.length],
      [1, 0, 1],
    );
  });

  it('takes null Line Items as none', (t) => {
    const [bill] = readDataSet(folderWith(t, { ...GOOD, 'bills.ndjson': '{"id":"b1","lineItems":null}\n' })).bills;
    assert.deepEqual(bill, { id: 'b1' });
  });

  it('reads integrations, with defaults for what a line leaves out', (t) => {
    const integrations =
      '{"name":"EU","accountFilter":"country == \'DE\'","excludedLineItemTypes":["USAGE"],"sortLineItemsBy":"SUBTOTAL"}\n' +
      '{"name":"Approved","onlySendBillOnApproval":true,"accountIds":null,"triggerType":"SCHEDULE"}\n';
    const dataSet = readDataSet(folderWith(t, { ...GOOD, 'integrations.ndjson': integrations }));
    assert.deepEqual(dataSet.integrations, [
      {
        ...DEFAULT_INTEGRATION,
        name: 'EU',
        accountFilter: "country == 'DE'",
        excludedLineItemTypes: ['USAGE'],
        sortLineItemsBy: 'SUBTOTAL',
      },
      { ...DEFAULT_INTEGRATION, name: 'Approved', onlySendBillOnApproval: true, triggerType: 'SCHEDULE' },
    ]);
  });

  it('lists every problem with its file and line', (t) => {
    const problems = problemsOf(
      folderWith(t, {
        'accounts.ndjson': '{"id":"a1"}\n{"id":"a1"}\n{"name":"nobody"}\n',
        'bills.ndjson': '{"id":"b1"\n[1]\n\n{"id":"b2","lineItems":["x"]}\n',
        'externalmappings.ndjson': '',
        'integrations.ndjson': '{"name":"A","accountIds":"a1","sortLineItemsBy":"NAME","color":"red"}\n',
      }),
    );
    assert.deepEqual(
      problems.map((problem) => problem.replace(/\(.*\)/, '(...)')),
      [
        'accounts.ndjson:2: repeats the id a1 of an earlier line.',
        'accounts.ndjson:3: has no text in "id".',
        'bills.ndjson:1: is not JSON (...).',
        'bills.ndjson:2: is not a JSON object.',
        'bills.ndjson:4: has "lineItems" that are not a list of objects.',
        'salesforce-accounts.ndjson: cannot be read (...).',
        'integrations.ndjson:1: has "accountIds" that is not a list of texts.',
        'integrations.ndjson:1: has "sortLineItemsBy" that is not one of NONE, SUBTOTAL, AGGREGATION_ID.',
        `integrations.ndjson:1: has the unknown key "color". Known keys: ${Object.keys(DEFAULT_INTEGRATION).join(', ')}.`,
      ],
    );
  });

  it('says in one message what is wrong and what to do', (t) => {
    const folder = folderWith(t, { ...GOOD, 'accounts.ndjson': '{}' });
    assert.throws(
      () => readDataSet(folder),
      /has 1 problem\. Correct the lines[^]*accounts\.ndjson:1: has no text in "id"/,
    );
  });
});
