import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer as createLine, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const readTls = (name: string): string =>
  readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');

/** Certificate of the authority of {@link serveSecurely}'s servers. */
export const TEST_AUTHORITY = readTls('authority.pem');

async function listen(server: Server | ReturnType<typeof createLine>): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** Starts a server on this machine until the test ends. @returns its port */
export async function serve(listener: RequestListener): Promise<number> {
  return listen(createServer(listener));
}

/** Starts a server with TLS for `callboard.test`, its subdomains, and `localhost`. */
export async function serveSecurely(listener: RequestListener): Promise<number> {
  const server = createSecureServer(
    { cert: readTls('server.pem'), key: readTls('server.key') },
    listener,
  );
  return listen(server);
}

/** Starts a TCP server without HTTP. @returns its port */
export async function serveLines(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createLine(socket => {
    sockets.add(socket);
    // A client may disconnect.
    socket.on('error', () => {});
    onConnection(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listen(server);
}

export interface TestProxy {
  readonly port: number;
  /** Targets of the requests, with their authorization header. */
  readonly requests: readonly (readonly [target: string, authorization: string | undefined])[];
}

/** Starts a proxy that connects every host to the port of one server. */
export async function serveProxy(
  port: number,
  { refusal }: { readonly refusal?: string } = {},
): Promise<TestProxy> {
  const requests: [string, string | undefined][] = [];
  const server = createServer((_, response) => response.writeHead(400).end());
  server.on('connect', ({ url = '', headers }, socket) => {
    requests.push([url, headers['proxy-authorization']]);
    socket.on('error', () => {});
    if (refusal !== undefined) return socket.end(refusal);
    const other = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(other).pipe(socket);
    });
    other.on('error', () => socket.destroy());
    onTestFinished(() => {
      socket.destroy();
      other.destroy();
    });
  });
  return { port: await listen(server), requests };
}
