import TITLE from '@salesforce/label/c.Events_Title';
import LIST_VIEWS from '@salesforce/label/c.List_Views';
import STATE from '@salesforce/label/c.Events_State';
import STATE_OPEN from '@salesforce/label/c.Events_State_Open';
import STATE_ACTIONED from '@salesforce/label/c.Events_State_Actioned';
import STATE_ALL from '@salesforce/label/c.Events_State_All';
import KIND from '@salesforce/label/c.Events_Kind';
import KIND_ALL from '@salesforce/label/c.Events_Kind_All';
import VALIDATION from '@salesforce/label/c.Event_Kind_Validation';
import MISSING_MAPPING from '@salesforce/label/c.Event_Kind_Missing_Mapping';
import AUTHENTICATION from '@salesforce/label/c.Event_Kind_Authentication';
import PERFORM from '@salesforce/label/c.Event_Kind_Perform';
import DISABLED from '@salesforce/label/c.Event_Kind_Disabled';
import INTEGRATION from '@salesforce/label/c.Events_Integration';
import INTEGRATION_ALL from '@salesforce/label/c.Events_Integration_All';

export const LABELS = {
  title: TITLE,
  listViews: LIST_VIEWS,
  state: STATE,
  stateOpen: STATE_OPEN,
  stateActioned: STATE_ACTIONED,
  stateAll: STATE_ALL,
  kind: KIND,
  kindAll: KIND_ALL,
  validation: VALIDATION,
  missingMapping: MISSING_MAPPING,
  authentication: AUTHENTICATION,
  perform: PERFORM,
  disabled: DISABLED,
  integration: INTEGRATION,
  integrationAll: INTEGRATION_ALL,
};
