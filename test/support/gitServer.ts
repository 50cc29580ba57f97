import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { join } from 'node:path';

/** Responds instead of git. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => boolean;

/**
 * Repositories below a folder, served by the real `git http-backend` behind an HTTP server on the loopback interface.
 */
export class GitHttpServer {
  readonly #server: Server;
  readonly #folder: string;
  /** Requests so far: `GET /shop.git/info/refs?service=…`. */
  readonly requests: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  /** Bytes of bodies in both directions. */
  bytes = 0;
  /** Newest supported version of the protocol. */
  protocol: 0 | 2 = 2;
  /** Called first; returns true if it has responded. */
  intercept: Answer = () => false;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      this.authorizations.push(request.headers.authorization);
      if (!this.intercept(request, response)) this.#serve(request, response);
    });
  }

  static async start(folder: string): Promise<GitHttpServer> {
    const server = new GitHttpServer(folder);
    await new Promise<void>(resolve => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** The host, as in `URL.host`. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.host}/${path}`;
  }

  /** Serves the files of repositories from now on, as servers without git support do. */
  serveFiles(): void {
    this.intercept = (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      try {
        response.end(readFileSync(join(this.#folder, decodeURIComponent(pathname))));
      } catch {
        response.writeHead(404).end();
      }
      return true;
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const { headers } = request;
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        HOME: this.#folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_PROJECT_ROOT: this.#folder,
        GIT_HTTP_EXPORT_ALL: '1',
        REQUEST_METHOD: request.method,
        PATH_INFO: decodeURIComponent(pathname),
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
        ...(headers['content-length'] && { CONTENT_LENGTH: headers['content-length'] }),
        ...(typeof headers['git-protocol'] === 'string' &&
          this.protocol === 2 && { GIT_PROTOCOL: headers['git-protocol'] }),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => {});
    request.on('data', (chunk: Buffer) => (this.bytes += chunk.length));
    request.pipe(child.stdin);
    let head = Buffer.alloc(0);
    let hasHead = false;
    child.stdout.on('data', (chunk: Buffer) => {
      if (hasHead) {
        this.bytes += chunk.length;
        response.write(chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      hasHead = true;
      const fields = head
        .toString('utf8', 0, end)
        .split('\r\n')
        .map(line => line.split(/: (.*)/s, 2));
      const status = fields.find(([name]) => name === 'Status')?.[1];
      response.writeHead(
        Number.parseInt(status ?? '200', 10),
        fields.flatMap(([name = '', value = '']) => (name === 'Status' ? [] : [[name, value]])),
      );
      const rest = head.subarray(end + 4);
      this.bytes += rest.length;
      response.write(rest);
    });
    child.on('close', () => response.end());
  }
}

/** The real `git daemon` over a folder, on a free port of the loopback interface. */
export class GitDaemon {
  readonly #child: ChildProcess;
  readonly host: string;

  private constructor(child: ChildProcess, host: string) {
    this.#child = child;
    this.host = host;
  }

  static async start(folder: string): Promise<GitDaemon> {
    const program = join(
      execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(),
      'git-daemon',
    );
    const port = await freePort();
    const child = spawn(
      program,
      [`--base-path=${folder}`, '--export-all', '--listen=127.0.0.1', `--port=${port}`],
      { stdio: 'ignore', env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' } },
    );
    while (!(await isListening(port))) await new Promise(resolve => setTimeout(resolve, 20));
    return new GitDaemon(child, `127.0.0.1:${port}`);
  }

  url(path: string): string {
    return `git://${this.host}/${path}`;
  }

  stop(): void {
    this.#child.kill();
  }
}

/** Returns a port without a listener. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
