import type { M3terEvent } from './resources.ts';

/** An event that says that something happened to a Bill. Only a hint: the Bill is read anew. */
export interface BillHint {
  readonly billId: string;
  readonly eventId: string;
  readonly eventName: string;
  readonly eventTime: Date;
}

export interface BillHints {
  /** Each Bill once, the newest first. */
  readonly hints: readonly BillHint[];
  /** False: there are more than are worth reading. Look at all Bills instead. */
  readonly isComplete: boolean;
}

/** Behind this many events of a name, reading all Bills is cheaper. */
const MOST_PAGES = 20;

/**
 * The Bills that events are about.
 *
 * @param pagesOf the events of a name, newest first, a page at a time
 */
export async function billHints(
  pagesOf: (name: string) => AsyncIterable<readonly M3terEvent[]>,
  names: readonly string[],
  since: Date,
): Promise<BillHints> {
  const newest = new Map<string, BillHint>();
  let isComplete = true;
  for (const name of names) {
    let pages = 0;
    for await (const page of pagesOf(name)) {
      const recent = page.filter((event) => timeOf(event) >= since.getTime());
      for (const hint of recent.flatMap(hintIn)) {
        const known = newest.get(hint.billId);
        if (!known || known.eventTime < hint.eventTime) newest.set(hint.billId, hint);
      }
      if (recent.length < page.length) break;
      pages += 1;
      if (pages < MOST_PAGES) continue;
      isComplete = false;
      break;
    }
  }
  const hints = [...newest.values()].sort((a, b) => b.eventTime.getTime() - a.eventTime.getTime());
  return { hints, isComplete };
}

/** An event without a time may be new. */
function timeOf({ eventTime }: M3terEvent): number {
  const time = Date.parse(eventTime ?? '');
  return Number.isNaN(time) ? Infinity : time;
}

function hintIn(event: M3terEvent): BillHint[] {
  const billId = billIdIn(event.m3terEvent);
  if (billId === undefined) return [];
  const time = Date.parse(event.eventTime ?? '');
  return [
    {
      billId,
      eventId: event.id,
      eventName: event.eventName ?? '',
      eventTime: new Date(Number.isNaN(time) ? 0 : time),
    },
  ];
}

/** Where the Bill is after the change, or was before it. Source: the example of EventResponse in m3ter's OpenAPI. */
function billIdIn(m3terEvent: unknown): string | undefined {
  const { eventData } = (m3terEvent ?? {}) as { eventData?: unknown };
  const { newDto, oldDto } = (eventData ?? {}) as { newDto?: unknown; oldDto?: unknown };
  return [newDto, oldDto]
    .map((dto) => (dto as { id?: unknown } | null | undefined)?.id)
    .find((id) => typeof id === 'string');
}
