import type { ObjectModel } from '../../model.ts';
import { ownerField, standardField, standardReference } from '../systemFields.ts';
import {
  address,
  amount,
  BY_PLATFORM,
  date,
  flag,
  longText,
  nameField,
  personName,
  phone,
  picklist,
  standardObject,
  text,
  whole,
} from './parts.ts';

const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];

/** Object Reference: Account. */
export const account = (): ObjectModel =>
  standardObject('Account', 'Account', '001', [
    nameField('Account Name', 255),
    ownerField(),
    text('AccountNumber', 'Account Number', 40),
    picklist('AccountSource', 'Account Source', LEAD_SOURCES),
    amount('AnnualRevenue', 'Annual Revenue', { scale: 0 }),
    ...address('Billing', 'Billing'),
    ...address('Shipping', 'Shipping'),
    longText('Description', 'Account Description'),
    phone('Fax', 'Account Fax'),
    picklist('Industry', 'Industry', [
      'Agriculture',
      'Banking',
      'Consulting',
      'Energy',
      'Finance',
      'Technology',
      'Other',
    ]),
    whole('NumberOfEmployees', 'Employees', 8),
    picklist('Ownership', 'Ownership', ['Public', 'Private', 'Subsidiary', 'Other']),
    standardReference('ParentId', 'Parent Account ID', 'Account', {}, 'ChildAccounts'),
    phone('Phone', 'Account Phone'),
    picklist('Rating', 'Account Rating', ['Hot', 'Warm', 'Cold']),
    text('Sic', 'SIC Code', 20),
    text('Site', 'Account Site', 80),
    text('TickerSymbol', 'Ticker Symbol', 20),
    picklist('Type', 'Account Type', [
      'Prospect',
      'Customer - Direct',
      'Customer - Channel',
      'Technology Partner',
      'Other',
    ]),
    standardField('Website', 'url', 'Website', { length: 255 }),
  ]);

/** Object Reference: Contact. */
export const contact = (): ObjectModel =>
  standardObject('Contact', 'Contact', '003', [
    personName(),
    ownerField(),
    standardReference('AccountId', 'Account ID', 'Account', {}, 'Contacts'),
    date('Birthdate', 'Birthdate'),
    text('Department', 'Department', 80),
    longText('Description', 'Contact Description'),
    standardField('Email', 'email', 'Email', { length: 80 }),
    phone('Fax', 'Business Fax'),
    text('FirstName', 'First Name', 40),
    text('LastName', 'Last Name', 80, { required: true }),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    ...address('Mailing', 'Mailing'),
    phone('MobilePhone', 'Mobile Phone'),
    phone('Phone', 'Business Phone'),
    standardReference('ReportsToId', 'Reports To ID', 'Contact', {}, 'DirectReports'),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.']),
    text('Title', 'Title', 128),
  ]);

/** Stages of a new org, and how likely a deal in each is, in percent. */
const STAGES: ReadonlyArray<[stage: string, probability: number]> = [
  ['Prospecting', 10],
  ['Qualification', 10],
  ['Needs Analysis', 20],
  ['Value Proposition', 50],
  ['Id. Decision Makers', 60],
  ['Perception Analysis', 70],
  ['Proposal/Price Quote', 75],
  ['Negotiation/Review', 90],
  ['Closed Won', 100],
  ['Closed Lost', 0],
];

const PROBABILITY = `CASE(StageName, ${STAGES.map(([stage, percent]) => `"${stage}", ${percent / 100}`).join(', ')}, 0)`;

/** Object Reference: Opportunity. The probability always follows from the stage here. */
export const opportunity = (): ObjectModel =>
  standardObject('Opportunity', 'Opportunity', '006', [
    nameField('Name', 120),
    ownerField(),
    standardReference('AccountId', 'Account ID', 'Account', {}, 'Opportunities'),
    amount('Amount', 'Amount'),
    date('CloseDate', 'Close Date', { required: true }),
    longText('Description', 'Description'),
    amount('ExpectedRevenue', 'Expected Amount', { ...BY_PLATFORM, formula: `Amount * ${PROBABILITY}` }),
    whole('FiscalYear', 'Fiscal Year', 9, { ...BY_PLATFORM, formula: 'YEAR(CloseDate)' }),
    flag('IsClosed', 'Closed', {
      formula: 'OR(ISPICKVAL(StageName, "Closed Won"), ISPICKVAL(StageName, "Closed Lost"))',
    }),
    flag('IsWon', 'Won', { formula: 'ISPICKVAL(StageName, "Closed Won")' }),
    picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
    text('NextStep', 'Next Step'),
    standardField('Probability', 'percent', 'Probability (%)', {
      ...BY_PLATFORM,
      precision: 3,
      scale: 0,
      formula: PROBABILITY,
    }),
    picklist(
      'StageName',
      'Stage',
      STAGES.map(([stage]) => stage),
      { required: true },
    ),
    picklist('Type', 'Opportunity Type', ['Existing Business', 'New Business']),
  ]);
