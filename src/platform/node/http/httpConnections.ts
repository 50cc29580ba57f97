import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, rootCertificates } from 'node:tls';

/** Milliseconds for which a connection that nobody uses is kept. It does not keep the program from ending. */
const IDLE = 15_000;
/** Milliseconds that a proxy may take for saying that it leads to a host. */
const PROXY_TIMEOUT = 30_000;

export interface HttpConnectionsOptions {
  /** Certificates (PEM) of authorities that are trusted besides those of the platform. */
  readonly authorities?: readonly string[] | undefined;
}

/**
 * Connections that are kept for the next request to the same host, of one client alone: one that another has left open
 * may lead elsewhere. A connection leads to the address that was judged when it was made.
 */
export class HttpConnections {
  readonly #options: AgentOptions;
  readonly #agents = new Map<string, HttpAgent>();

  constructor({ authorities = [] }: HttpConnectionsOptions) {
    this.#options = {
      keepAlive: true,
      timeout: IDLE,
      ...(authorities.length > 0 ? { ca: [...rootCertificates, ...authorities] } : {}),
    };
  }

  /**
   * @param group - requests of different ones never share a connection
   * @param proxy - address of one that leads to hosts of https
   */
  agentFor(protocol: string, group: string, proxy: string | undefined): HttpAgent {
    const key = [protocol, group, proxy].join(' ');
    const agent = this.#agents.get(key) ?? this.#make(protocol, proxy);
    this.#agents.set(key, agent);
    return agent;
  }

  #make(protocol: string, proxy: string | undefined): HttpAgent {
    if (protocol !== 'https:') return new HttpAgent(this.#options);
    return proxy === undefined
      ? new HttpsAgent(this.#options)
      : new TunnelAgent(proxy, this.#options);
  }
}

/** No connection, or none yet, which the types of Node have no way to say. */
const NONE = undefined as unknown as Duplex;

/** The proxy on the way to a host doesn't lead there. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}

/**
 * Connections by way of a proxy. What the proxy itself says is never taken for an answer of the host, as
 * `https-proxy-agent` does: it comes by a line that anybody can write into.
 */
class TunnelAgent extends HttpsAgent {
  readonly #proxy: URL;
  readonly #options: AgentOptions;

  constructor(proxy: string, options: AgentOptions) {
    super(options);
    this.#proxy = new URL(proxy);
    this.#options = options;
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex {
    const { host, port, signal, servername } = options;
    const name = host ?? '';
    const target = `${name.includes(':') ? `[${name}]` : name}:${port ?? 443}`;
    this.#tunnel(target, signal).then(
      socket => callback?.(null, connectTls({ ...this.#options, servername, socket, host: name })),
      (error: Error) => callback?.(error, NONE),
    );
    return NONE;
  }

  #tunnel(target: string, signal: AbortSignal | undefined): Promise<Socket> {
    const { protocol, hostname, port, username, password } = this.#proxy;
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const isSecure = protocol === 'https:';
    const agent = isSecure ? new HttpsAgent(this.#options) : new HttpAgent();
    return new Promise((resolve, reject) => {
      const request = httpRequest({
        protocol,
        agent,
        signal,
        method: 'CONNECT',
        path: target,
        timeout: PROXY_TIMEOUT,
        host: hostname.replace(/^\[|\]$/g, ''),
        port: port || (isSecure ? 443 : 80),
        headers: {
          host: target,
          ...(user === ':'
            ? {}
            : { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }),
        },
      });
      const fail = (reason: string): void => {
        reject(new ProxyError(`the proxy ${this.#proxy.host} ${reason}`));
        request.destroy();
      };
      request.on('connect', ({ statusCode = 0 }, socket) => {
        if (statusCode === 200) return resolve(socket);
        socket.destroy();
        fail(
          statusCode === 407
            ? 'wants a user and a password: write them into the variable that names it'
            : `does not lead to ${target}: it answered ${statusCode}`,
        );
      });
      request.on('response', ({ statusCode }) => fail(`answered ${statusCode} to CONNECT`));
      request.on('timeout', () => fail('does not answer'));
      request.on('error', ({ message }) => fail(`cannot be reached: ${message}`));
      request.end();
    });
  }
}
