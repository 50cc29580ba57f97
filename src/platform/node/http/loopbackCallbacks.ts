import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ownValue, raceAbort } from '../../../base';
import type { CallbackListener, CallbackRequest } from '../../core/ports';

interface Waiting {
  readonly accepts: (callback: URL) => boolean;
  readonly accept: (callback: URL) => void;
}

/** The time in milliseconds for a browser to send its request. */
const PATIENCE = 5000;
/** In bytes: a code and a state are short. */
const MAX_HEADERS = 16 * 1024;

/**
 * Listens for a browser on the loopback interface only. The page that it shows has no script and no links.
 *
 * @throws Error when none of the ports is free
 */
export async function listenOnLoopback(request: CallbackRequest): Promise<CallbackListener> {
  let refused: unknown;
  for (const port of request.ports) {
    const listener = new LoopbackListener(request);
    try {
      await listener.listen(port);
      return listener;
    } catch (error) {
      listener.dispose();
      refused = error;
    }
  }
  throw refused instanceof Error ? refused : new Error('No port is available');
}

class LoopbackListener implements CallbackListener {
  readonly #request: CallbackRequest;
  readonly #server: Server;
  #waiting: Waiting | undefined;
  #port = 0;

  constructor(request: CallbackRequest) {
    this.#request = request;
    this.#server = createServer(
      { headersTimeout: PATIENCE, requestTimeout: PATIENCE, maxHeaderSize: MAX_HEADERS },
      (request, answer) => this.#answer(request, answer),
    );
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}${this.#request.path}`;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
    });
    // Later errors come from browsers that disconnect.
    this.#server.removeAllListeners('error').on('error', () => {});
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async next(accepts: (callback: URL) => boolean, signal: AbortSignal): Promise<URL> {
    const { promise, resolve } = Promise.withResolvers<URL>();
    const waiting = { accepts, accept: resolve };
    this.#waiting = waiting;
    try {
      return await raceAbort(promise, signal);
    } finally {
      if (this.#waiting === waiting) this.#waiting = undefined;
    }
  }

  dispose(): void {
    // An answer that is being sent is completed.
    this.#server.close();
    setTimeout(() => this.#server.closeAllConnections(), PATIENCE).unref();
  }

  #answer({ method, url = '', headers }: IncomingMessage, answer: ServerResponse): void {
    const callback = URL.canParse(url, this.address) ? new URL(url, this.address) : undefined;
    // A web page can send requests to this server under its own host name. The port may differ through forwarding.
    const isLoopback = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? '');
    if (method !== 'GET' || !isLoopback || callback?.pathname !== this.#request.path) {
      show(answer, 404, this.#request.texts.foreign);
      return;
    }
    const waiting = this.#waiting;
    if (!waiting?.accepts(callback)) {
      show(answer, 400, this.#request.texts.foreign);
      return;
    }
    show(answer, 200, this.#request.texts.accepted);
    waiting.accept(callback);
  }
}

function show(answer: ServerResponse, status: number, text: string): void {
  const page = `<!doctype html><meta charset="utf-8"><title>Callboard</title><style>body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32em;padding:0 1em}@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#ddd}}</style><p>${escaped(text)}</p>`;
  answer
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      connection: 'close',
    })
    .end(page);
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return text.replace(/[&<>]/g, character => ownValue(entities, character) ?? '');
}
