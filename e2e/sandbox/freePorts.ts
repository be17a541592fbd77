import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems hand out themselves, which other tests may be given at any moment. */
const RANGE = { from: 20_000, to: 30_000 };

/** The first of so many ports in a row that are free. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = RANGE.from + Math.floor(Math.random() * (RANGE.to - RANGE.from));
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
