/** TCP wires between an agent and what it talks to, which can be cut at any byte: then nothing more gets through. */
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

export class Wires {
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private chunks = 0;
  private cutAt = Infinity;
  private whenCut: () => void = () => undefined;

  get isCut(): boolean {
    return this.cutAt < 0;
  }

  /** A wire to a URL's host: the same URL with the port of the wire. */
  async to(url: string): Promise<string> {
    const target = new URL(url);
    const server = createServer((near) => this.join(near, target));
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const wire = new URL(url);
    wire.port = String((server.address() as AddressInfo).port);
    return wire.toString().replace(/\/$/, '');
  }

  /** Cuts all wires once so many chunks of bytes more were to go over them, in either direction; resolves then. */
  cutAfter(chunks: number): Promise<void> {
    this.cutAt = this.chunks + chunks;
    return new Promise((resolve) => (this.whenCut = resolve));
  }

  cut(): void {
    this.cutAt = -1;
    for (const server of this.servers) server.close();
    for (const socket of this.sockets) socket.destroy();
    this.whenCut();
  }

  private join(near: Socket, target: URL): void {
    const far = createConnection(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => this.carry(chunk, to));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }

  private carry(chunk: Buffer, to: Socket): void {
    this.chunks += 1;
    if (this.chunks > this.cutAt) this.cut();
    else to.write(chunk);
  }
}
