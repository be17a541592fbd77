import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Bounds the open connections without shutting anybody out: when there are more than `most`, the one that has been
 * without a request for longest is closed. Node's own limit would refuse the newcomer instead, and idle sockets could
 * then keep valid events away.
 */
export function boundConnections(server: Server, most: number): void {
  const idle = new Set<Socket>();
  let open = 0;
  server.on('connection', (socket: Socket) => {
    open += 1;
    idle.add(socket);
    socket.once('close', () => {
      open -= 1;
      idle.delete(socket);
    });
    if (open <= most) return;
    const [oldest] = idle;
    oldest?.destroy();
  });
  server.on('request', (request, response) => {
    const { socket } = request;
    idle.delete(socket);
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket);
    });
  });
}
