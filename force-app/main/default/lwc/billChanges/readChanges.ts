import { formatDay, lastDay } from 'c/dates';
import { parseDecimal } from 'c/decimal';
import { format } from 'c/format';
import { formatCount, formatMoney, formatMoneyChange } from 'c/money';
import { LABELS } from './labels';

/** What the agent wrote, as JSON, into the Changes field of a Bill; numbers are plain decimals. */
interface Changes {
  /** When the Bill was sent before: ISO instant. */
  since: string | null;
  /** Before and after, by field. */
  fields: Record<string, [string | null, string | null]>;
  added: LineChanges;
  removed: LineChanges;
  changed: LineChanges;
  lines: Array<{ position: number; text: string; from: string | null; to: string | null }>;
}

interface LineChanges {
  count: number;
  /** What they add to the Bill, or take from it. */
  amount: string;
}

/** A change of a Line Item, as texts to show. */
export interface ChangedLine {
  key: string;
  position: string;
  text: string;
  before: string;
  after: string;
}

/** The changes of a Bill as texts to show. */
export interface ShownChanges {
  since: string | null;
  sentences: string[];
  lines: ChangedLine[];
}

type Show = (value: string, currency: string) => string;

const asIs: Show = (value) => value;
const asDay: Show = (value) => formatDay(value);
const asLastDay: Show = (value) => formatDay(lastDay(value));
const asMoney: Show = (value, currency) => formatMoney(parseDecimal(value), currency);
const asStatus: Show = (value) => ({ PENDING: LABELS.pending, APPROVED: LABELS.approved })[value] ?? value;
const asLock: Show = (value) => (value === 'true' ? LABELS.locked : LABELS.notLocked);

/** In the order of weight. */
const FIELDS: ReadonlyArray<{ name: string; label: string; show: Show }> = [
  { name: 'Bill_Total__c', label: LABELS.total, show: asMoney },
  { name: 'Currency_Code__c', label: LABELS.currency, show: asIs },
  { name: 'Status__c', label: LABELS.status, show: asStatus },
  { name: 'Locked__c', label: LABELS.lock, show: asLock },
  { name: 'Period_Start__c', label: LABELS.periodStart, show: asDay },
  { name: 'Period_End__c', label: LABELS.periodEnd, show: asLastDay },
  { name: 'Due_Date__c', label: LABELS.due, show: asDay },
  { name: 'External_Invoice_Date__c', label: LABELS.invoiceDate, show: asDay },
  { name: 'Purchase_Order_Number__c', label: LABELS.purchaseOrder, show: asIs },
];

/** Reads what the agent wrote; undefined for nothing and for what cannot be read. */
export function readChanges(json: string | null | undefined, currency: string): ShownChanges | undefined {
  const changes = parse(json);
  if (!changes) return undefined;
  const fields = FIELDS.flatMap(({ name, label, show }) => {
    const [from, to] = changes.fields[name] ?? [];
    if (from === undefined || to === undefined) return [];
    const text = (value: string | null) => (value === null ? LABELS.none : show(value, currency));
    return [format(LABELS.field, label, text(from), text(to))];
  });
  const lines = [
    lineSentence(LABELS.added, changes.added, currency),
    lineSentence(LABELS.removed, changes.removed, currency),
    lineSentence(LABELS.changed, changes.changed, currency),
  ];
  return {
    since: changes.since,
    sentences: [...fields, ...lines.filter(Boolean)],
    lines: changes.lines.map(({ position, text, from, to }) => ({
      key: String(position),
      position: String(position),
      text,
      before: from === null ? LABELS.none : asMoney(from, currency),
      after: to === null ? LABELS.none : asMoney(to, currency),
    })),
  };
}

function lineSentence(pattern: string, { count, amount }: LineChanges, currency: string): string {
  if (count === 0) return '';
  return format(pattern, formatCount(count), formatMoneyChange(parseDecimal(amount), currency));
}

function parse(json: string | null | undefined): Changes | undefined {
  if (!json) return undefined;
  try {
    const read = JSON.parse(json) as Partial<Changes> | null;
    const none: LineChanges = { count: 0, amount: '0' };
    const { since = null, fields = {}, added = none, removed = none, changed = none, lines = [] } = read ?? {};
    return { since, fields, added, removed, changed, lines };
  } catch {
    return undefined;
  }
}
