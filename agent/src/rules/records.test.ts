import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import { parseExact, stringifyExact } from '../json/exactJson.ts';
import type { Bill, LineItem } from '../m3ter/resources.ts';
import { BILL_FIELDS, LINE_ITEM_FIELDS } from './fields.ts';
import { FieldValueError } from './fieldValue.ts';
import { shapeLines } from './lines.ts';
import { createNames } from './names.ts';
import {
  billName,
  billPayload,
  billRecord,
  childRunKey,
  eventKey,
  eventRecord,
  lineRecord,
  runRecord,
  type BillInput,
} from './records.ts';
import { bill, billOf, integration } from './testing.ts';

const names = createNames('');
const packaged = createNames('m3b__');
const syncedAt = new Date('2026-11-22T18:00:00.000Z');

function input(of: Bill, changes: Partial<BillInput> = {}): BillInput {
  const rules = integration();
  const shaped = shapeLines(of, rules);
  return { bill: of, shaped, integrationId: rules.id, accountId: null, syncState: 'Complete', syncedAt, ...changes };
}

const header = (of: Bill, changes: Partial<BillInput> = {}) => billRecord(input(of, changes), names);

function line(of: LineItem) {
  const holder = billOf(of);
  const [shaped] = shapeLines(holder, integration()).lines;
  assert.ok(shaped);
  return lineRecord(holder, shaped, names);
}

/** Values as they go over the wire, so that decimals compare as text does. */
const onWire = (value: unknown): unknown => parseExact(stringifyExact(value));

describe('the header of a Bill', () => {
  const full = bill({
    version: 7,
    accountCode: 'ACME',
    startDate: '2026-10-01',
    endDate: '2026-11-01',
    billDate: '2026-11-01',
    dueDate: '2026-11-30',
    billingFrequency: 'MONTHLY',
    billFrequencyInterval: 3,
    timezone: 'Europe/Paris',
    locked: true,
    sequentialInvoiceNumber: 'INV-000001',
    billTotal: new Big('0.0133333525'),
    lastCalculatedDate: '2026-11-01T02:00:00.000Z',
    dtLastModified: '2026-11-01T02:00:00.081781Z',
    purchaseOrderNumber: 'PO-1',
    lineItems: [{ id: 'l1', convertedSubtotal: new Big('0.0133333525') }],
  });

  it('says what m3ter says, in the fields of the package', () => {
    const record = header(full, { accountId: '001000000000001AAA' });
    assert.deepEqual(onWire(record), {
      Name: 'INV-000001',
      M3ter_Bill_Id__c: 'b1',
      Source_Version__c: Date.parse('2026-11-01T02:00:00.081Z') * 1000 + 7,
      Account__c: '001000000000001AAA',
      M3ter_Account_Id__c: 'a1',
      M3ter_Account_Code__c: 'ACME',
      Status__c: 'APPROVED',
      Locked__c: true,
      Period_Start__c: '2026-10-01',
      Period_End__c: '2026-11-01',
      Bill_Date__c: '2026-11-01',
      Due_Date__c: '2026-11-30',
      External_Invoice_Date__c: null,
      Billing_Frequency__c: 'MONTHLY',
      Billing_Frequency_Interval__c: 3,
      Time_Zone__c: 'Europe/Paris',
      Currency_Code__c: 'USD',
      Bill_Total__c: new Big('0.0133'),
      Sent_Lines_Total__c: new Big('0.0133'),
      Line_Item_Count__c: 1,
      Excluded_Line_Item_Count__c: 0,
      Purchase_Order_Number__c: 'PO-1',
      External_Invoice_Reference__c: null,
      JSON_Statement_Generated__c: false,
      CSV_Statement_Generated__c: false,
      Statement_Stale__c: false,
      Last_Calculated__c: '2026-11-01T02:00:00.000Z',
      M3ter_Last_Modified__c: '2026-11-01T02:00:00.081Z',
      Sync_State__c: 'Complete',
      Last_Sync__c: '2026-11-22T18:00:00.000Z',
      Integration__c: 'a0B000000000001AAA',
      Deleted_In_M3ter__c: false,
    });
  });

  it('names every field that is not computed or kept, so that what m3ter empties is emptied', () => {
    const written = Object.keys(billPayload(input({ id: 'b1' }), names).header).toSorted();
    const kept = ['Changes__c', 'Changed_After_Approval__c'];
    const fields = Object.entries(BILL_FIELDS).filter(
      ([name, { kind }]) => kind !== 'computed' && !kept.includes(name),
    );
    assert.deepEqual(written, fields.map(([field]) => field).toSorted());
  });

  it('goes through for a Bill of which only the id is known', () => {
    const record = header({ id: '24e221fb-81ea-5820-aea8-dbd392ee8d38' });
    assert.equal(record.Name, 'INV-8d38');
    assert.deepEqual(record.Source_Version__c, new Big(0));
    assert.equal(record.Bill_Total__c, null);
  });

  it('is named by the sequential invoice number, else by the end of the id', () => {
    assert.equal(billName(bill({ id: 'abcdef', sequentialInvoiceNumber: 'S-1' })), 'S-1');
    assert.equal(billName(bill({ id: 'abcdef', sequentialInvoiceNumber: ' ' })), 'INV-cdef');
  });

  it('does not fail on long texts or unknown words', () => {
    const record = header(
      bill({ purchaseOrderNumber: 'x'.repeat(500), status: 'DISPUTED', sequentialInvoiceNumber: 'n'.repeat(90) }),
    );
    assert.equal(record.Purchase_Order_Number__c, `${'x'.repeat(99)}…`);
    assert.equal(record.Status__c, 'DISPUTED');
    assert.equal(record.Name, `${'n'.repeat(79)}…`);
  });

  it('fails by name on a number that its field cannot hold', () => {
    assert.throws(
      () => header(bill({ billTotal: new Big('1e14') })),
      (error) => error instanceof FieldValueError && error.billId === 'b1' && error.field === 'Bill_Total__c',
    );
  });
});

describe('the record of a line', () => {
  it('says what m3ter says, and refers to its Bill by the id in m3ter', () => {
    const record = line({
      id: 'l1',
      lineItemType: 'USAGE',
      description: 'Requests',
      quantity: new Big('10.5'),
      subtotal: new Big('0.0000005'),
      conversionRate: new Big('1.23456789012'),
      servicePeriodStartDate: '2026-10-01T00:00:00Z',
      segment: { region: 'eu' },
      bandUsage: [{ unitPrice: new Big('0.0000000001') }],
    });
    const expected = {
      Name: 'Requests',
      Line_Item_Key__c: 'l1',
      Position__c: 1,
      Line_Item_Type__c: 'USAGE',
      Description__c: 'Requests',
      Full_Description__c: null,
      Quantity__c: new Big('10.5'),
      Subtotal__c: 0,
      Conversion_Rate__c: new Big('1.2345678901'),
      Service_Period_Start__c: '2026-10-01T00:00:00.000Z',
      Segment__c: '{"region":"eu"}',
      Pricing_Bands__c: '[{"unitPrice":0.0000000001}]',
      Bill__r: { M3ter_Bill_Id__c: 'b1' },
    };
    const wire = onWire(record) as Record<string, unknown>;
    for (const [field, value] of Object.entries(expected)) assert.deepEqual(wire[field], value, field);
  });

  it('names every field, the Bill by reference', () => {
    const fields = Object.keys(LINE_ITEM_FIELDS).filter((field) => field !== 'Bill__c');
    assert.deepEqual(Object.keys(line({})).toSorted(), [...fields, 'Bill__r'].toSorted());
  });

  it('keeps a long description whole beside the cut one', () => {
    const description = 'd'.repeat(300);
    const record = line({ description });
    assert.equal(record.Description__c, `${'d'.repeat(254)}…`);
    assert.equal(record.Full_Description__c, description);
    assert.equal(line({ description: 'd'.repeat(255) }).Full_Description__c, null);
  });

  it('always has a name', () => {
    assert.equal(line({ description: ' ', productName: 'Storage' }).Name, 'Storage');
    assert.equal(line({ lineItemType: 'AD_HOC' }).Name, 'AD_HOC');
    assert.equal(line({}).Name, 'Line 1');
    assert.equal(line({ description: 'd'.repeat(100) }).Name, `${'d'.repeat(79)}…`);
  });

  it('fails by name on a number that its field cannot hold', () => {
    assert.throws(
      () => line({ averageUnitPrice: 100_000_000 }),
      (error) => error instanceof FieldValueError && error.field === 'Average_Unit_Price__c',
    );
  });
});

describe('the payload of a Bill', () => {
  const of = bill({ lineItems: [{ id: 'l1', subtotal: 1 }, { id: 'l2' }] });
  const hash = (changed: Bill, changes: Partial<BillInput> = {}) => billPayload(input(changed, changes), names).hash;

  it('holds the header with its hash and every line', () => {
    const payload = billPayload(input(of), names);
    assert.equal(payload.header.Payload_Hash__c, payload.hash);
    assert.match(payload.hash, /^[0-9a-f]{64}$/);
    assert.deepEqual(
      payload.lines.map((record) => record.Line_Item_Key__c),
      ['l1', 'l2'],
    );
  });

  it('has the same hash when the Bill says the same, whenever it was calculated or sent', () => {
    const again = {
      ...of,
      version: 9,
      dtLastModified: '2026-11-02T00:00:00Z',
      lastCalculatedDate: '2026-11-02T00:00:00Z',
    };
    assert.equal(hash(again, { syncedAt: new Date(0), syncState: 'Writing' }), hash(of));
  });

  it('has another hash when header, lines, their order or the Account change', () => {
    const hashes = [
      hash(of),
      hash({ ...of, status: 'PENDING' }),
      hash({ ...of, lineItems: [{ id: 'l1', subtotal: 2 }, { id: 'l2' }] }),
      hash({ ...of, lineItems: [{ id: 'l2' }, { id: 'l1', subtotal: 1 }] }),
      hash(of, { accountId: '001000000000001AAA' }),
    ];
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it('of thousands of lines goes through', () => {
    const lineItems = Array.from({ length: 5000 }, (_, index) => ({
      id: `l${index}`,
      convertedSubtotal: new Big('0.01'),
    }));
    const payload = billPayload(input(bill({ lineItems })), names);
    assert.equal(payload.lines.length, 5000);
    assert.deepEqual(payload.header.Sent_Lines_Total__c, new Big(50));
  });

  it('uses the prefix of the package everywhere', () => {
    const { header: record, lines } = billPayload(input(of), packaged);
    for (const field of Object.keys(record)) assert.match(field, /^(?:m3b__|Name$)/);
    assert.deepEqual(lines[0]?.m3b__Bill__r, { m3b__M3ter_Bill_Id__c: 'b1' });
  });
});

describe('the record of a Run', () => {
  const batch = { key: 'r1', integrationId: 'a0B000000000001AAA', status: 'STARTED', trigger: 'SCHEDULE' } as const;

  it('holds what is known and leaves the rest of the org alone', () => {
    assert.deepEqual(runRecord({ ...batch, startedAt: syncedAt }, names), {
      Run_Key__c: 'r1',
      Integration__c: 'a0B000000000001AAA',
      Status__c: 'STARTED',
      Trigger__c: 'SCHEDULE',
      Started__c: '2026-11-22T18:00:00.000Z',
    });
  });

  it('counts a finished batch', () => {
    const record = runRecord({ ...batch, status: 'COMPLETE', billsRead: 3, skippedByReason: { unchanged: 2 } }, names);
    assert.equal(record.Skipped_By_Reason__c, '{"unchanged":2}');
    assert.deepEqual(record.Bills_Read__c, new Big(3));
  });

  it('of one Bill refers to its batch and, when the org holds it, to the Bill', () => {
    const child = {
      ...batch,
      key: childRunKey('r1', 'b1'),
      parentKey: 'r1',
      bill: { id: 'b1', version: 2, exists: true },
    };
    const record = runRecord(child, packaged);
    assert.equal(record.m3b__Run_Key__c, 'r1:b1');
    assert.deepEqual(record.m3b__Parent_Run__r, { m3b__Run_Key__c: 'r1' });
    assert.deepEqual(record.m3b__Bill__r, { m3b__M3ter_Bill_Id__c: 'b1' });
    const failed = runRecord({ ...child, bill: { ...child.bill, exists: false } }, names);
    assert.equal(failed.Bill__r, undefined);
    assert.equal(failed.M3ter_Bill_Id__c, 'b1');
  });

  it('that repeats another one refers to it', () => {
    const record = runRecord({ ...batch, replayedFromKey: 'r0' }, packaged);
    assert.deepEqual(record.m3b__Replayed_From__r, { m3b__Run_Key__c: 'r0' });
  });
});

describe('the record of an Event', () => {
  const name = 'integration.missingaccountmapping.error';

  it('says what happened to what, and refers to what the org holds', () => {
    const record = eventRecord(
      {
        key: eventKey('a0B', name, 'a1'),
        integrationId: 'a0B',
        eventName: name,
        eventTime: syncedAt,
        message: 'Create a mapping.',
        runKey: 'r1',
        bill: { id: 'b1', exists: false },
        m3terAccountId: 'a1',
      },
      names,
    );
    assert.deepEqual(record, {
      Event_Key__c: 'a0B:integration.missingaccountmapping.error:a1',
      Event_Name__c: name,
      Event_Time__c: '2026-11-22T18:00:00.000Z',
      Message__c: 'Create a mapping.',
      Integration__c: 'a0B',
      M3ter_Account_Id__c: 'a1',
      M3ter_Bill_Id__c: 'b1',
      Run__r: { Run_Key__c: 'r1' },
    });
  });

  it('has one key for the same error of the same thing, always short enough', () => {
    assert.equal(eventKey('i', name, 'b1', 3), eventKey('i', name, 'b1', 3));
    assert.notEqual(eventKey('i', name, 'b1', 3), eventKey('i', name, 'b1', 4));
    assert.equal(eventKey('i', name, 'x'.repeat(300)).length, 255);
    assert.equal(childRunKey('x'.repeat(300), 'b1').length, 255);
  });
});
