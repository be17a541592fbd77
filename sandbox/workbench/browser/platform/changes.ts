/** Says when records of the org may have changed: the server's events, and what this page itself has written. */
type Listener = () => void;

const listeners = new Set<Listener>();
let source: EventSource | undefined;

/** Calls the listener after changes until the returned function is called. */
export function onOrgChange(listener: Listener): () => void {
  listeners.add(listener);
  source ??= listen();
  return () => listeners.delete(listener);
}

/** Reports a change that this page knows of before the server says so. */
export function orgChanged(): void {
  for (const listener of [...listeners]) listener();
}

function listen(): EventSource {
  const events = new EventSource('/workbench/changes');
  events.addEventListener('change', orgChanged);
  return events;
}
