/** What a webhook says, as far as the agent cares. */
export interface Notice {
  /** Of the event, to know it again; undefined when the body names none. */
  readonly eventId: string | undefined;
  /** Bills that may have changed, each once. */
  readonly billIds: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const BILL_EVENT = /^billing\.bill\./;
const ID = /^[A-Za-z0-9_-]{1,80}$/;
/** Under these names an event carries the entity that changed (m3ter's event API; the old one's name is not published). */
const ENTITIES = ['newDto', 'oldDto', 'new', 'old', 'data', 'bill', 'entity'];
/** Deeper than any event; keeps a body of brackets from being followed. */
const DEPTH = 12;

/**
 * Reads ids of Bills out of any JSON, because the body of m3ter's notifications is not published. A Bill is named by
 * `billId` or `billIds` anywhere; in an event about Bills, or of no named kind, also by the `id` of the entity.
 */
export function readNotice(body: unknown): Notice {
  const fields = fieldsOf(body) ?? {};
  const eventName = textOf(fields, 'eventName', 'eventType', 'type');
  const found = new Set<string>();
  collect(body, eventName === undefined || BILL_EVENT.test(eventName), found, DEPTH);
  return { eventId: eventIdOf(fields, eventName), billIds: [...found] };
}

/** A bare `id` is that of the event only where the body says that it is an event: it may as well be a Bill's. */
function eventIdOf(fields: Fields, eventName: string | undefined): string | undefined {
  return textOf(fields, 'eventId') ?? (eventName === undefined ? undefined : textOf(fields, 'id'));
}

function collect(value: unknown, isAboutBills: boolean, found: Set<string>, depth: number): void {
  if (depth === 0 || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, isAboutBills, found, depth - 1);
    return;
  }
  for (const [name, part] of Object.entries(value)) {
    if (name === 'billId') add(part, found);
    else if (name === 'billIds' && Array.isArray(part)) part.forEach((id) => add(id, found));
    else collect(part, isAboutBills, found, depth - 1);
    if (isAboutBills && ENTITIES.includes(name)) [part].flat().forEach((entity) => add(fieldsOf(entity)?.id, found));
  }
}

function add(id: unknown, found: Set<string>): void {
  if (typeof id === 'string' && ID.test(id)) found.add(id);
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function textOf(fields: Fields, ...names: readonly string[]): string | undefined {
  const name = names.find((one) => typeof fields[one] === 'string' && fields[one] !== '');
  return name === undefined ? undefined : (fields[name] as string);
}
