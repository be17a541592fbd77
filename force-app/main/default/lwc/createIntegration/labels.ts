import BACK from '@salesforce/label/c.Create_Back';
import CANCEL from '@salesforce/label/c.Cancel';
import CONFIGURE from '@salesforce/label/c.Create_Stage_Configure';
import CREATE from '@salesforce/label/c.Create_Create';
import CREDENTIAL from '@salesforce/label/c.Create_Credential';
import CREDENTIAL_HELP from '@salesforce/label/c.Create_Credential_Help';
import CREDENTIAL_LATER from '@salesforce/label/c.Create_Credential_Later';
import DESTINATION from '@salesforce/label/c.Create_Stage_Destination';
import DESTINATION_QUESTION from '@salesforce/label/c.Create_Destination_Question';
import DESTINATION_SALESFORCE from '@salesforce/label/c.Create_Destination_Salesforce';
import ENTITY from '@salesforce/label/c.Create_Stage_Entity';
import ENTITY_BILL from '@salesforce/label/c.Create_Entity_Bill';
import ENTITY_QUESTION from '@salesforce/label/c.Create_Entity_Question';
import FAILED from '@salesforce/label/c.Create_Failed';
import NEXT from '@salesforce/label/c.Create_Next';
import PROBLEMS from '@salesforce/label/c.Create_Problems';
import STAGES from '@salesforce/label/c.Create_Stages';
import TITLE from '@salesforce/label/c.Create_Title';
import BEGIN from '@salesforce/label/c.Create_Begin';
import ENABLE from '@salesforce/label/c.Create_Enable';
import ENABLE_HELP from '@salesforce/label/c.Create_Enable_Help';
import NOT_ENABLED_YET from '@salesforce/label/c.Create_Not_Enabled_Yet';

export const LABELS = {
  back: BACK,
  cancel: CANCEL,
  configure: CONFIGURE,
  create: CREATE,
  credential: CREDENTIAL,
  credentialHelp: CREDENTIAL_HELP,
  credentialLater: CREDENTIAL_LATER,
  destination: DESTINATION,
  destinationQuestion: DESTINATION_QUESTION,
  destinationSalesforce: DESTINATION_SALESFORCE,
  entity: ENTITY,
  entityBill: ENTITY_BILL,
  entityQuestion: ENTITY_QUESTION,
  failed: FAILED,
  next: NEXT,
  problems: PROBLEMS,
  stages: STAGES,
  title: TITLE,
  begin: BEGIN,
  enable: ENABLE,
  enableHelp: ENABLE_HELP,
  notEnabledYet: NOT_ENABLED_YET,
};
