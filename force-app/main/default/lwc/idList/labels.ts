import ACCOUNT_WITHOUT_ID from '@salesforce/label/c.Draft_Account_Without_Id';
import ADD_IDS from '@salesforce/label/c.Draft_Add_Ids';
import NOT_ACCOUNT_ID from '@salesforce/label/c.Draft_Not_Account_Id';
import NOT_USER_ID from '@salesforce/label/c.Draft_Not_User_Id';
import PASTE_IDS from '@salesforce/label/c.Draft_Paste_Ids';
import PICK_ACCOUNT from '@salesforce/label/c.Draft_Pick_Account';
import PICK_USER from '@salesforce/label/c.Draft_Pick_User';
import REMOVE from '@salesforce/label/c.Draft_Remove';

export const LABELS = {
  accountWithoutId: ACCOUNT_WITHOUT_ID,
  addIds: ADD_IDS,
  notAccountId: NOT_ACCOUNT_ID,
  notUserId: NOT_USER_ID,
  pasteIds: PASTE_IDS,
  pickAccount: PICK_ACCOUNT,
  pickUser: PICK_USER,
  remove: REMOVE,
};
