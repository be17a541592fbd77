import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import Big from 'big.js';
import { makeTestOrg } from '../soql/testOrg.ts';
import { accessOf } from '../uiapi/access.ts';
import { conditionOf } from './where.ts';

const { org, admin, viewer } = makeTestOrg();
const access = accessOf(org, admin);
const bill = org.model.objects.get('bill__c')!;
const account = org.model.objects.get('account')!;
const soql = (where: Record<string, unknown>): string => conditionOf(access, bill, where);

describe('conditionOf', () => {
  it('joins the operators of a field and the fields of a filter with AND', () => {
    assert.equal(
      soql({ Total__c: { gt: new Big('0.1'), lte: new Big('1e3') }, Locked__c: { eq: false } }),
      '((Total__c > 0.1 AND Total__c <= 1000) AND Locked__c = false)',
    );
  });

  it('escapes text so that it cannot end its literal', () => {
    assert.equal(soql({ Name: { eq: "O'Hara\\" } }), "Name = 'O\\'Hara\\\\'");
  });

  it('nests and, or and not', () => {
    assert.equal(
      soql({ or: [{ Name: { like: 'A%' } }, { not: { and: [{ Locked__c: { ne: true } }] } }] }),
      "(Name LIKE 'A%' OR (NOT Locked__c != true))",
    );
  });

  it('filters by the fields of a parent', () => {
    assert.equal(soql({ Account__r: { Name: { eq: 'Acme' } } }), "Account__r.Name = 'Acme'");
  });

  it('writes dates, instants, date literals and ranges bare', () => {
    assert.equal(soql({ Bill_Date__c: { gte: { value: '2026-11-01' } } }), 'Bill_Date__c >= 2026-11-01');
    assert.equal(soql({ Bill_Date__c: { eq: { literal: 'THIS_MONTH' } } }), 'Bill_Date__c = THIS_MONTH');
    assert.equal(soql({ Sent_At__c: { eq: { range: { last_n_days: 7 } } } }), 'Sent_At__c = LAST_N_DAYS:7');
    assert.equal(soql({ Bill_Date__c: { eq: null } }), 'Bill_Date__c = null');
  });

  it('spells out what SOQL lists cannot hold: nothing and null', () => {
    assert.equal(soql({ Name: { in: [] } }), 'Id = null');
    assert.equal(soql({ Name: { nin: [] } }), '');
    assert.equal(soql({ Name: { in: ['A', null] } }), "(Name IN ('A') OR Name = null)");
    assert.equal(soql({ Name: { nin: ['A', null] } }), "(Name NOT IN ('A') AND Name != null)");
  });

  it('makes semi-joins and anti-joins', () => {
    assert.equal(
      conditionOf(access, account, { Id: { inq: { Bill__c: { Locked__c: { eq: true } }, ApiName: 'Account__c' } } }),
      'Id IN (SELECT Account__c FROM Bill__c WHERE Locked__c = true)',
    );
    assert.equal(
      conditionOf(access, account, { Id: { ninq: { Bill__c: {}, ApiName: 'Account__c' } } }),
      'Id NOT IN (SELECT Account__c FROM Bill__c)',
    );
  });

  it('filters nothing where an alternative always holds', () => {
    assert.equal(soql({ or: [{}, { Locked__c: { eq: true } }] }), '');
  });

  it('refuses filters that no SOQL says', () => {
    assert.throws(() => soql({ not: {} }), { errorCode: 'INVALID_FILTER' });
    assert.throws(() => soql({ Bill_Date__c: { eq: {} } }), { errorCode: 'INVALID_FILTER' });
    assert.throws(() => conditionOf(access, account, { Id: { inq: { Bill__c: {}, ApiName: 'Id FROM User' } } }), {
      errorCode: 'INVALID_FILTER',
    });
  });

  it('knows only what the user may read', () => {
    assert.throws(() => conditionOf(accessOf(org, viewer), bill, { Total__c: { gt: new Big(1) } }), {
      errorCode: 'INVALID_FILTER',
    });
  });
});
