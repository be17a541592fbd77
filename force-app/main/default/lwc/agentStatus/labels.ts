import UNKNOWN from '@salesforce/label/c.Agent_Unknown';
import SEEN from '@salesforce/label/c.Agent_Seen';
import CALLS from '@salesforce/label/c.Agent_Calls';
import QUEUE from '@salesforce/label/c.Agent_Queue';
import VERSION from '@salesforce/label/c.Agent_Version';

export const LABELS = { unknown: UNKNOWN, seen: SEEN, calls: CALLS, queue: QUEUE, version: VERSION };
