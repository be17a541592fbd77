import ACCOUNT_WITHOUT_ID from '@salesforce/label/c.Draft_Account_Without_Id';
import EMPTY from '@salesforce/label/c.Filter_Empty';
import FIELDS from '@salesforce/label/c.Filter_Fields';
import PREVIEW from '@salesforce/label/c.Filter_Which_Accounts';
import VALID from '@salesforce/label/c.Filter_Valid';
import WHY_ACCOUNT from '@salesforce/label/c.Filter_Why_Account';
import WRONG_AT from '@salesforce/label/c.Filter_Wrong_At';
import CUSTOM_FIELD from '@salesforce/label/c.Filter_Custom_Field';
import FIND_FIELDS from '@salesforce/label/c.Filter_Find_Fields';
import FIND_AGAIN from '@salesforce/label/c.Filter_Find_Again';

export const LABELS = {
  accountWithoutId: ACCOUNT_WITHOUT_ID,
  empty: EMPTY,
  fields: FIELDS,
  preview: PREVIEW,
  valid: VALID,
  whyAccount: WHY_ACCOUNT,
  wrongAt: WRONG_AT,
  customField: CUSTOM_FIELD,
  findFields: FIND_FIELDS,
  findAgain: FIND_AGAIN,
};
