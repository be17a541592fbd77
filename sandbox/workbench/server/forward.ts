import type { FastifyReply, FastifyRequest } from 'fastify';

/** Hands a request on to `url` and its answer back; only what is named here passes, never cookies. */
export async function forward(
  request: FastifyRequest,
  reply: FastifyReply,
  url: string,
  headers: Record<string, string> = {},
): Promise<FastifyReply> {
  const contentType = request.headers['content-type'];
  const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : undefined;
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: request.method,
      headers: { ...headers, ...(contentType ? { 'Content-Type': contentType } : {}) },
      ...(body ? { body: new Uint8Array(body) } : {}),
    });
  } catch {
    const message = `${new URL(url).origin} does not answer. Check that "npm start" still runs.`;
    return reply.code(502).send([{ errorCode: 'SERVER_UNAVAILABLE', message }]);
  }
  const type = answer.headers.get('content-type');
  if (type) reply.header('Content-Type', type);
  return reply.code(answer.status).send(Buffer.from(await answer.arrayBuffer()));
}
