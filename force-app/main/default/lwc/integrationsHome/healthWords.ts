import LABEL_NOT_SET_UP from '@salesforce/label/c.Health_Not_Set_Up';
import LABEL_DISABLED from '@salesforce/label/c.Health_Disabled';
import LABEL_NOT_CONNECTED from '@salesforce/label/c.Health_Not_Connected';
import LABEL_SILENT from '@salesforce/label/c.Health_Silent';
import LABEL_ATTENTION from '@salesforce/label/c.Health_Attention';
import LABEL_WORKING from '@salesforce/label/c.Health_Working';
import type { Health } from 'c/integrationHealth';

/** How each health is said: a sentence ({0} Bills in step, {1} things to act on), an icon and its colour. */
export const HEALTH_WORDS: Record<Health, { text: string; icon: string; variant: string }> = {
  notSetUp: { text: LABEL_NOT_SET_UP, icon: 'utility:info', variant: '' },
  disabled: { text: LABEL_DISABLED, icon: 'utility:ban', variant: 'error' },
  notConnected: { text: LABEL_NOT_CONNECTED, icon: 'utility:warning', variant: 'warning' },
  silent: { text: LABEL_SILENT, icon: 'utility:error', variant: 'error' },
  attention: { text: LABEL_ATTENTION, icon: 'utility:warning', variant: 'warning' },
  working: { text: LABEL_WORKING, icon: 'utility:success', variant: 'success' },
};
