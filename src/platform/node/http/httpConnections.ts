import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions, type RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { toUnreachable } from './unreachable';

/** The time in milliseconds for which an idle connection is kept. It doesn't keep the process alive. */
const IDLE = 15_000;
/** The time in milliseconds for a proxy to establish a tunnel. */
const PROXY_TIMEOUT = 30_000;

export interface HttpConnectionsOptions {
  /** Additional trusted certificate authorities (PEM), besides those of the platform. */
  readonly authorities?: readonly string[] | undefined;
}

/**
 * Kept-alive connections of one client. They aren't shared between clients, because a connection leads to the address
 * that was checked when it was opened.
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
   * @param group - requests of different groups never share a connection
   * @param proxy - address of a proxy for https
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

/** No connection (yet): Node's types have no way to express it. */
const NONE = undefined as unknown as Duplex;

/** The proxy couldn't connect to the host. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
}

/**
 * Connections through a proxy. Unlike in `https-proxy-agent`, an answer of the proxy itself is never taken for one of
 * the host: anybody on the network can write into that unencrypted connection.
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
            ? 'requires a user name and a password: add them to its URL'
            : `rejected the connection to ${target} with status ${statusCode}`,
        );
      });
      request.on('response', ({ statusCode }) =>
        fail(`rejected the connection to ${target} with status ${statusCode}`),
      );
      request.on('timeout', () => fail("isn't responding"));
      request.on('error', error => fail(`can't be reached: ${toUnreachable(error).reason}`));
      request.end();
    });
  }
}
