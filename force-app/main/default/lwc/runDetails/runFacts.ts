import type { PageReference } from 'lightning/navigation';
import { choiceLabel, nodes } from 'c/connection';
import type { Choice, Connection, Field } from 'c/connection';
import { formatDuration } from 'c/dates';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { billPage, integrationPage, runPage } from 'c/pageReferences';
import { runStatusWords } from 'c/runStatus';
import type { RunStatusWords } from 'c/runStatus';
import { skipReasons } from 'c/skipReasons';
import { sourceVersionWords } from 'c/sourceVersion';
import { LABELS } from './labels';

type Named = { Name: Field<string> } | null;

interface BillOfRun {
  billId: Field<string>;
  bill: Named;
  m3terBillId: Field<string>;
  errorCode: Field<string>;
  error: Field<string>;
}
interface RunNode extends BillOfRun {
  Id: string;
  Name: Field<string>;
  status: Choice;
  trigger: Choice;
  started: Field<string>;
  completed: Field<string>;
  integrationId: Field<string>;
  integration: Named;
  parentId: Field<string>;
  parent: Named;
  replayedFromId: Field<string>;
  replayedFrom: Named;
  version: Field<number>;
  lineItems: Field<number>;
  billsRead: Field<number>;
  billsSent: Field<number>;
  billsSkipped: Field<number>;
  billsWaiting: Field<number>;
  billsFailed: Field<number>;
  skippedByReason: Field<string>;
  apiCalls: Field<number>;
}
interface FailureNode extends BillOfRun {
  Id: string;
  Name: Field<string>;
}
interface EventNode {
  Id: string;
  eventName: Choice;
  eventTime: Field<string>;
  message: Field<string>;
}

/** The answer to `RUN_QUERY`. */
export interface RunData {
  uiapi: {
    query: {
      runs: Connection<RunNode>;
      failures: Connection<FailureNode> & { totalCount: number };
      events: Connection<EventNode>;
    };
  };
}

/** A fact with its name; with a page it is a link. */
export interface Fact {
  name: string;
  text: string;
  page: PageReference | undefined;
}
/** A Bill that failed. */
export interface Failure {
  id: string;
  bill: string;
  billPage: PageReference | undefined;
  code: string;
  error: string;
}
/** One line of the log. */
export interface LogEntry {
  key: string;
  time: string | null;
  text: string;
}
/** What the page of a Run shows. */
export interface RunFacts {
  name: string;
  status: RunStatusWords & { label: string };
  /** A batch of Bills, not the Run of one Bill. */
  isBatch: boolean;
  counts: string;
  facts: Fact[];
  code: string;
  error: string;
  failures: Failure[];
  log: LogEntry[];
}

const count = (field: Field<number>): number => field.value ?? 0;
const nameOf = (record: Named): string => record?.Name.value ?? '';

/** Turns the answer into what the page shows; undefined when there is no such Run. */
export function runFacts(data: RunData): RunFacts | undefined {
  const { runs, failures, events } = data.uiapi.query;
  const [run] = nodes(runs);
  if (!run) return undefined;
  const label = choiceLabel(run.status);
  return {
    name: run.Name.value ?? '',
    status: { ...runStatusWords(run.status.value ?? ''), label },
    isBatch: run.parentId.value === null,
    counts: countsOf(run),
    facts: factsOf(run).filter(({ text }) => text !== ''),
    code: run.errorCode.value ?? '',
    error: run.error.value ?? '',
    failures: nodes(failures).map(toFailure),
    log: logOf(run, label, nodes(events)),
  };
}

/** `312 read · 41 sent · 269 skipped (260 unchanged, 9 by the account filter) · 2 failed · 7 API calls` */
function countsOf(run: RunNode): string {
  const reasons = skipReasons(run.skippedByReason.value).join(', ');
  const skipped = reasons ? LABELS.countSkippedBecause : LABELS.countSkipped;
  const parts = [
    format(LABELS.countRead, formatCount(count(run.billsRead))),
    format(LABELS.countSent, formatCount(count(run.billsSent))),
    format(skipped, formatCount(count(run.billsSkipped)), reasons),
    count(run.billsWaiting) > 0 && format(LABELS.countWaiting, formatCount(count(run.billsWaiting))),
    format(LABELS.countFailed, formatCount(count(run.billsFailed))),
    format(LABELS.countCalls, formatCount(count(run.apiCalls))),
  ];
  return parts.filter(Boolean).join(' · ');
}

function factsOf(run: RunNode): Fact[] {
  const link = (name: string, id: Field<string>, text: string, page: (recordId: string) => PageReference): Fact => ({
    name,
    text,
    page: id.value ? page(id.value) : undefined,
  });
  const fact = (name: string, text: string): Fact => ({ name, text, page: undefined });
  const isDone = !runStatusWords(run.status.value ?? '').isLive;
  const duration = formatDuration(run.started.value, run.completed.value);
  const isOfBill = run.parentId.value !== null;
  return [
    link(LABELS.integration, run.integrationId, nameOf(run.integration), integrationPage),
    fact(LABELS.trigger, choiceLabel(run.trigger)),
    fact(LABELS.duration, duration || (isDone ? '' : LABELS.stillGoing)),
    link(LABELS.parent, run.parentId, nameOf(run.parent), runPage),
    link(LABELS.replayedFrom, run.replayedFromId, nameOf(run.replayedFrom), runPage),
    link(LABELS.bill, run.billId, nameOf(run.bill) || (run.m3terBillId.value ?? ''), billPage),
    fact(LABELS.version, sourceVersionWords(run.version.value)),
    fact(LABELS.lineItems, isOfBill && run.lineItems.value !== null ? formatCount(run.lineItems.value) : ''),
  ];
}

function toFailure(node: FailureNode): Failure {
  return {
    id: node.Id,
    bill: nameOf(node.bill) || (node.m3terBillId.value ?? '') || (node.Name.value ?? ''),
    billPage: node.billId.value ? billPage(node.billId.value) : undefined,
    code: node.errorCode.value ?? '',
    error: node.error.value ?? '',
  };
}

function logOf(run: RunNode, status: string, events: EventNode[]): LogEntry[] {
  const started = {
    key: 'started',
    time: run.started.value,
    text: format(LABELS.logStarted, choiceLabel(run.trigger)),
  };
  const ended = { key: 'ended', time: run.completed.value, text: format(LABELS.logEnded, status) };
  const happened = events.map((event) => ({
    key: event.Id,
    time: event.eventTime.value,
    text: `${choiceLabel(event.eventName)}. ${event.message.value ?? ''}`,
  }));
  return [started, ...happened, ...(run.completed.value ? [ended] : [])];
}
