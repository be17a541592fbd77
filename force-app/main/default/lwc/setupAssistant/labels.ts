import ACCOUNTS from '@salesforce/label/c.Setup_Accounts';
import ACCOUNTS_TEXT from '@salesforce/label/c.Setup_Accounts_Text';
import AGENT from '@salesforce/label/c.Setup_Agent';
import AGENT_TEXT from '@salesforce/label/c.Setup_Agent_Text';
import CARD from '@salesforce/label/c.Setup_Card';
import CARD_TEXT from '@salesforce/label/c.Setup_Card_Text';
import CONNECTED from '@salesforce/label/c.Setup_Connected';
import CONNECTED_ACTION from '@salesforce/label/c.Setup_Connected_Action';
import CONNECTED_TEXT from '@salesforce/label/c.Setup_Connected_Text';
import CREATE from '@salesforce/label/c.Create_Title';
import CREDENTIAL from '@salesforce/label/c.Setup_Credential';
import CREDENTIAL_ACTION from '@salesforce/label/c.Setup_Credential_Action';
import CREDENTIAL_TEXT from '@salesforce/label/c.Setup_Credential_Text';
import DONE from '@salesforce/label/c.Setup_Done';
import FIRST_BILL from '@salesforce/label/c.Setup_First_Bill';
import FIRST_BILL_ACTION from '@salesforce/label/c.Setup_First_Bill_Action';
import FIRST_BILL_TEXT from '@salesforce/label/c.Setup_First_Bill_Text';
import INTEGRATION from '@salesforce/label/c.Setup_Integration';
import INTEGRATION_TEXT from '@salesforce/label/c.Setup_Integration_Text';
import INTRO from '@salesforce/label/c.Setup_Intro';
import LOAD_ERROR from '@salesforce/label/c.Setup_Load_Error';
import LOADING from '@salesforce/label/c.Loading';
import OPEN from '@salesforce/label/c.Setup_Open';
import PREVIEW from '@salesforce/label/c.Setup_Preview';
import PREVIEW_ACTION from '@salesforce/label/c.Setup_Preview_Action';
import PREVIEW_TEXT from '@salesforce/label/c.Setup_Preview_Text';
import PROGRESS from '@salesforce/label/c.Setup_Progress';
import TITLE from '@salesforce/label/c.Setup_Title';
import PERMISSIONS from '@salesforce/label/c.Setup_Permissions';
import PERMISSIONS_TEXT from '@salesforce/label/c.Setup_Permissions_Text';
import PERMISSIONS_ACTION from '@salesforce/label/c.Setup_Permissions_Action';
import CHECK_AGAIN from '@salesforce/label/c.Setup_Check_Again';
import ACCOUNTS_ACTION from '@salesforce/label/c.Setup_Accounts_Action';
import CARD_ACTION from '@salesforce/label/c.Setup_Card_Action';
import ENABLE from '@salesforce/label/c.Integration_Test_And_Enable';

export const LABELS = {
  accounts: ACCOUNTS,
  accountsText: ACCOUNTS_TEXT,
  agent: AGENT,
  agentText: AGENT_TEXT,
  card: CARD,
  cardText: CARD_TEXT,
  connected: CONNECTED,
  connectedAction: CONNECTED_ACTION,
  connectedText: CONNECTED_TEXT,
  create: CREATE,
  credential: CREDENTIAL,
  credentialAction: CREDENTIAL_ACTION,
  credentialText: CREDENTIAL_TEXT,
  done: DONE,
  firstBill: FIRST_BILL,
  firstBillAction: FIRST_BILL_ACTION,
  firstBillText: FIRST_BILL_TEXT,
  integration: INTEGRATION,
  integrationText: INTEGRATION_TEXT,
  intro: INTRO,
  loadError: LOAD_ERROR,
  loading: LOADING,
  open: OPEN,
  preview: PREVIEW,
  previewAction: PREVIEW_ACTION,
  previewText: PREVIEW_TEXT,
  progress: PROGRESS,
  title: TITLE,
  permissions: PERMISSIONS,
  permissionsText: PERMISSIONS_TEXT,
  permissionsAction: PERMISSIONS_ACTION,
  checkAgain: CHECK_AGAIN,
  accountsAction: ACCOUNTS_ACTION,
  cardAction: CARD_ACTION,
  enable: ENABLE,
};
