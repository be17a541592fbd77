/** Takes local m3ter's webhooks in the place of the agent's server, and passes on which Bills they are about. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connectWebhook } from '../../sandbox/run/webhook.ts';
import type { World } from '../agent/world.ts';

export class HintReceiver {
  private readonly take: (billIds: string[]) => boolean;
  private readonly server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { m3terEvent } = JSON.parse(body) as { m3terEvent: { eventData: Record<string, { id: string }> } };
      const ids = Object.values(m3terEvent.eventData).map(({ id }) => id);
      response.writeHead(this.take([...new Set(ids)]) ? 202 : 503).end();
    });
  });

  private constructor(take: (billIds: string[]) => boolean) {
    this.take = take;
  }

  /** @param take false: nobody is there to take the hint */
  static async start(take: (billIds: string[]) => boolean): Promise<HintReceiver> {
    const receiver = new HintReceiver(take);
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  subscribe(world: World): Promise<void> {
    const { port } = this.server.address() as AddressInfo;
    return connectWebhook(world.m3ter, `http://127.0.0.1:${port}`, { pathSecret: 'model', secret: 'model' });
  }

  /** Hints that no event is behind. */
  pass(billIds: string[]): void {
    this.take(billIds);
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
