import type { FastifyInstance } from 'fastify';

/** A sync writes many records in a row: pages hear of them at most this often. */
const QUIET_MS = 300;

/** Serves `/workbench/changes`, server-sent events named `change` after the org has changed. */
export function serveChanges(app: FastifyInstance, onChange: (listener: () => void) => () => void): void {
  const pages = new Set<NodeJS.WritableStream>();
  let timer: NodeJS.Timeout | undefined;
  const stop = onChange(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const page of pages) page.write('event: change\ndata:\n\n');
    }, QUIET_MS);
  });

  app.get('/workbench/changes', (request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    reply.raw.write('retry: 1000\n\n');
    pages.add(reply.raw);
    request.raw.on('close', () => pages.delete(reply.raw));
  });

  app.addHook('preClose', (done) => {
    stop();
    clearTimeout(timer);
    for (const page of pages) page.end();
    done();
  });
}
