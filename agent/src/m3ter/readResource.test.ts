import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import { parseExact } from '../json/exactJson.ts';
import { readAccount, readBill, readExternalMapping, readLineItem, unreadableField } from './readResource.ts';

describe('reading resources of m3ter', () => {
  it('makes text of numbers and booleans where text belongs, digit by digit', () => {
    const text = '{"id":6,"accountId":7.10,"currency":true,"purchaseOrderNumber":12345678901234567890,"dueDate":1e3}';
    assert.deepEqual(readBill(parseExact(text)), {
      id: '6',
      accountId: '7.10',
      currency: 'true',
      purchaseOrderNumber: '12345678901234567890',
      dueDate: '1e3',
    });
  });

  it('does so in the Line Items of a Bill and keeps its amounts', () => {
    const bill = readBill({ id: 'b', version: 2, billTotal: new Big('1.5'), lineItems: [{ id: 7, subtotal: 8 }] });
    assert.deepEqual(bill, { id: 'b', version: 2, billTotal: new Big('1.5'), lineItems: [{ id: '7', subtotal: 8 }] });
    assert.deepEqual(readLineItem({ id: 7, units: 1 }), { id: '7', units: 1 });
  });

  it('does so in Accounts, but not in their custom fields, and in External Mappings', () => {
    assert.deepEqual(readAccount({ id: 1, code: 2, address: { postCode: 3 }, customFields: { code: 4 } }), {
      id: '1',
      code: '2',
      address: { postCode: '3' },
      customFields: { code: 4 },
    });
    assert.deepEqual(readExternalMapping({ id: 'm', externalId: 5 }), { id: 'm', externalId: '5' });
  });

  it('takes null for absent', () => {
    assert.deepEqual(readBill({ id: 'b', accountId: null, lineItems: null, billTotal: null }), { id: 'b' });
  });

  it('finds no resource without id, except a Line Item', () => {
    for (const item of [null, 'b', ['b'], {}, { id: null }, { id: {} }]) assert.equal(readBill(item), undefined);
    assert.deepEqual(readLineItem({}), {});
  });

  it('names the field of a Bill that cannot be read', () => {
    const fieldOf = (more: object): string | undefined => {
      const bill = readBill({ id: 'b', ...more });
      assert.ok(bill);
      return unreadableField(bill);
    };
    assert.equal(fieldOf({ accountId: 6, lineItems: [{ id: 7 }] }), undefined);
    assert.equal(fieldOf({ accountId: { id: 6 } }), 'accountId');
    assert.equal(fieldOf({ lineItems: [{ id: 'ok' }, { id: ['7'] }] }), 'lineItems[1].id');
    assert.equal(fieldOf({ lineItems: [null] }), 'lineItems[0]');
    assert.equal(fieldOf({ lineItems: {} }), 'lineItems');
  });
});
