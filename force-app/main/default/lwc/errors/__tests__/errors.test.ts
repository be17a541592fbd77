import { isNoAccess, reduceErrors } from 'c/errors';

describe('c/errors', () => {
  it.each([
    ['text', 'Boom', ['Boom']],
    ['an Error', new Error('Boom'), ['Boom']],
    ['GraphQL errors', [{ message: 'One' }, { message: 'Two' }, { message: 'One' }], ['One', 'Two']],
    ['a failed read', { body: [{ message: 'Not found' }], status: 404, statusText: 'Not Found' }, ['Not found']],
    ['a failed answer without a body', { status: 500, statusText: 'Server Error' }, ['Server Error']],
    [
      'a failed write',
      {
        body: {
          message: 'An error occurred while trying to update the record.',
          output: { errors: [{ message: 'Locked' }], fieldErrors: { Name: [{ message: 'Too long' }] } },
        },
      },
      ['Locked', 'Too long'],
    ],
    ['nothing', undefined, []],
    ['something without words', { status: 0 }, []],
  ])('finds the messages of %s', (_, error, expected) => {
    expect(reduceErrors(error)).toEqual(expected);
  });

  it.each([
    "Validation error (FieldUndefined@[uiapi/query/Bill__c]) : Field 'Bill__c' in type 'RecordQuery' is undefined",
    'Cannot query field "Bill__c" on type "RecordQuery".',
    'Unknown type "Bill__c_Filter".',
    "You don't have access to this record. Ask your administrator for help.",
    'INSUFFICIENT_ACCESS_OR_READONLY',
  ])('recognises a missing permission: %s', (message) => {
    expect(isNoAccess([message])).toBe(true);
  });

  it('takes other failures for what they are', () => {
    expect(isNoAccess(['Server Error', 'UNABLE_TO_LOCK_ROW'])).toBe(false);
  });
});
