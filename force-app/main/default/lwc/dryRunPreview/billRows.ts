import { parseDecimal } from 'c/decimal';
import { formatDay, formatInstant } from 'c/dates';
import { format } from 'c/format';
import { formatCount, formatMoney, formatNumber } from 'c/money';
import { skipReason } from 'c/skipReasons';
import type { DryRunBill, FieldDifference, LineKind } from './dryRun';
import { LABELS } from './labels';

/** What a field is called and what it holds, by API name. */
export type FieldWords = ReadonlyMap<string, { label: string; dataType: string }>;

interface ShownDifference {
  key: string;
  label: string;
  before: string;
  after: string;
}
interface ShownLine {
  key: string;
  name: string;
  kind: string;
  fields: ShownDifference[];
}
/** One Bill of the preview. */
export interface BillRow {
  id: string;
  reference: string;
  account: string;
  total: string;
  outcome: string;
  icon: string;
  variant: string;
  /** Opens what would change; empty when there is nothing to open. */
  summary: string;
  fields: ShownDifference[];
  lines: ShownLine[];
  /** That there are more Line Items than shown. */
  moreLines: string;
}

const KINDS: LineKind[] = ['added', 'changed', 'removed'];
const KIND_WORDS: Record<LineKind, string> = {
  added: LABELS.lineAdded,
  changed: LABELS.lineChanged,
  removed: LABELS.lineRemoved,
};
const COUNT_WORDS: Record<LineKind, string> = {
  added: LABELS.linesAdded,
  changed: LABELS.linesChanged,
  removed: LABELS.linesRemoved,
};

/** Says what would become of a Bill. */
export function toBillRow(bill: DryRunBill, words: FieldWords): BillRow {
  const isChange = bill.outcome === 'send' && bill.exists;
  const counts = KINDS.filter((kind) => bill.lines[kind] > 0);
  const parts = [
    ...(bill.fields.length > 0 ? [format(LABELS.fieldsChanged, formatCount(bill.fields.length))] : []),
    ...counts.map((kind) => format(COUNT_WORDS[kind], formatCount(bill.lines[kind]))),
  ];
  const hidden = KINDS.reduce((total, kind) => total + bill.lines[kind], 0) - bill.lines.first.length;
  return {
    id: `${bill.integration} ${bill.billId}`,
    reference: bill.reference,
    account: bill.account ?? '',
    total: formatMoney(parseDecimal(bill.total), bill.currency ?? ''),
    ...outcomeWords(bill),
    summary: isChange ? parts.join(' · ') : '',
    fields: bill.fields.map((each) => shownDifference(each, words)),
    lines: bill.lines.first.map(({ line, kind, fields }, index) => ({
      key: String(index),
      name: line,
      kind: KIND_WORDS[kind],
      fields: fields.map((each) => shownDifference(each, words)),
    })),
    moreLines: hidden > 0 ? format(LABELS.moreLines, formatCount(hidden)) : '',
  };
}

type OutcomeWords = Pick<BillRow, 'outcome' | 'icon' | 'variant'>;

function outcomeWords(bill: DryRunBill): OutcomeWords {
  const words = bill.letThrough === 'noLonger' && bill.outcome === 'skip' ? noLongerWords(bill) : wordsNow(bill);
  if (bill.letThrough !== 'newly') return words;
  return { ...words, outcome: `${words.outcome} · ${LABELS.byTheseSettings}` };
}

function noLongerWords({ reason }: DryRunBill): OutcomeWords {
  return { outcome: format(LABELS.noLonger, skipReason(reason ?? '')), icon: 'utility:ban', variant: 'warning' };
}

function wordsNow({ outcome, exists, lines, reason }: DryRunBill): OutcomeWords {
  switch (outcome) {
    case 'send':
      return exists
        ? { outcome: LABELS.changed, icon: 'utility:edit', variant: '' }
        : { outcome: format(LABELS.isNew, formatCount(lines.added)), icon: 'utility:add', variant: 'success' };
    case 'skip':
      return { outcome: format(LABELS.skipped, skipReason(reason ?? '')), icon: 'utility:dash', variant: '' };
    case 'wait':
      return { outcome: format(LABELS.waits, reason ?? ''), icon: 'utility:clock', variant: 'warning' };
    default:
      return { outcome: format(LABELS.refused, reason ?? ''), icon: 'utility:error', variant: 'error' };
  }
}

function shownDifference({ field, before, after }: FieldDifference, words: FieldWords): ShownDifference {
  const { label, dataType } = words.get(field) ?? { label: field, dataType: '' };
  return { key: field, label, before: valueWords(before, dataType), after: valueWords(after, dataType) };
}

function valueWords(value: string | null, dataType: string): string {
  if (value === null) return LABELS.empty;
  switch (dataType.toUpperCase()) {
    case 'BOOLEAN':
      return value === 'true' ? LABELS.yes : LABELS.no;
    case 'DATE':
      return formatDay(value);
    case 'DATETIME':
      return formatInstant(value);
    case 'DOUBLE':
    case 'INT':
      return formatNumber(parseDecimal(value));
    default:
      return value;
  }
}
