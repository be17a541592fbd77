import { createServer, request as sendPlain } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { request as sendSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface RecordedCall {
  method: string;
  /** With query. */
  path: string;
  body: string;
  /** Undefined while there is none. */
  answer?: { status: number; body: string };
}

/** Stands between a client and a server, and notes every call. */
export class Recorder {
  readonly calls: RecordedCall[] = [];
  /** Calls whose body has it are never answered and never passed on. */
  swallows: RegExp | undefined;
  /** Is told each call that was answered. */
  onAnswer: (call: RecordedCall) => void = () => undefined;
  private readonly server: Server;
  private readonly target: URL;

  private constructor(target: string) {
    this.target = new URL(target);
    this.server = createServer((request, response) => void this.pass(request, response));
  }

  /** Port 0 takes a free one. */
  static async before(target: string, port = 0): Promise<Recorder> {
    const recorder = new Recorder(target);
    await new Promise<void>((resolve, reject) => {
      recorder.server.once('error', reject);
      recorder.server.listen(port, '127.0.0.1', resolve);
    });
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Forgets the calls so far. */
  forget(): void {
    this.calls.length = 0;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const sent = await buffer(request);
    const call: RecordedCall = { method, path, body: unpacked(sent, headers).toString() };
    this.calls.push(call);
    if (this.swallows?.test(call.body)) return;
    const onward = this.send({ method, path, headers: { ...headers, 'accept-encoding': 'identity' } }, (answer) => {
      this.answer(call, answer, response).catch(() => response.destroy());
    });
    onward.on('error', () => response.destroy());
    onward.end(sent);
  }

  private send(
    { method, path, headers }: { method: string; path: string; headers: IncomingHttpHeaders },
    onAnswer: (answer: IncomingMessage) => void,
  ) {
    const { protocol, hostname, port, host } = this.target;
    if (protocol === 'http:') return sendPlain({ hostname, port, method, path, headers }, onAnswer);
    return sendSecure({ hostname, port, method, path, headers: { ...headers, host } }, onAnswer);
  }

  private async answer(call: RecordedCall, answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const { statusCode: status = 502, headers } = answer;
    const body = (await buffer(answer)).toString();
    call.answer = { status, body };
    this.onAnswer(call);
    // A client goes where the sign-in says that the org is.
    const passed = call.path.startsWith('/services/oauth2/') ? body.replaceAll(this.target.origin, this.url) : body;
    const { 'transfer-encoding': _chunked, ...kept } = headers;
    response.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(passed) });
    response.end(passed);
  }
}

const unpacked = (body: Buffer, headers: IncomingHttpHeaders): Buffer =>
  headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
