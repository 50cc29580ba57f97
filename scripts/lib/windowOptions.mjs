import { createServer, request as sendRequest } from 'node:http';
import { connect } from 'node:net';

const host = '127.0.0.1';

/**
 * @typedef {object} WindowOptions
 * @property {string} folder whose windows get the options; all others stay as they are
 * @property {Record<string, unknown>} options VS Code's `IWorkbenchConstructionOptions`
 */

/**
 * Serves an embedded host at another port, with options for the windows of one folder. The host itself has only options
 * for all windows: with them, every opened folder would be trusted.
 *
 * @param {WindowOptions & { target: number, port?: number }} settings `target` is the host's port,
 *   `port` the preferred one to serve it at
 * @returns {Promise<{ port: number, close: () => void }>}
 */
export async function serveWithOptions({ folder, options, target, port = 0 }) {
  const server = createServer((incoming, answer) => {
    const { method, url = '/' } = incoming;
    const isWindow = method === 'GET' && opensOnly(folder, url);
    const headers = { ...incoming.headers };
    // The page is read here.
    if (isWindow) delete headers['accept-encoding'];
    const outgoing = sendRequest({ host, port: target, method, path: url, headers }, response => {
      if (isWindow) void sendPage(response, answer, options).catch(() => answer.destroy());
      else {
        answer.writeHead(response.statusCode ?? 502, response.rawHeaders);
        response.pipe(answer);
      }
    });
    outgoing.on('error', () => answer.destroy());
    answer.on('close', () => {
      if (!answer.writableFinished) outgoing.destroy();
    });
    incoming.pipe(outgoing);
  });
  // Connections of extension hosts and terminals.
  server.on(
    'upgrade',
    ({ method, url, rawHeaders }, /** @type {import('node:net').Socket} */ socket, head) => {
      const lines = [`${method} ${url} HTTP/1.1`];
      for (let at = 0; at < rawHeaders.length; at += 2) {
        lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
      }
      const upstream = connect(target, host, () => {
        upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
        upstream.write(head);
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    },
  );
  const listen = (/** @type {number} */ wanted) =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, host, () => resolve(undefined));
    });
  await listen(port).catch(() => listen(0));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Whether a window's address opens this folder. Other parameters may name another folder or a workspace, which VS Code
 * opens instead.
 *
 * @param {string} folder
 * @param {string} path with the query
 */
export function opensOnly(folder, path) {
  if (!path.startsWith('/?')) return false;
  const [first, ...others] = new URLSearchParams(path.slice('/?'.length));
  return first?.[0] === 'folder' && first[1] === folder && others.length === 0;
}

/**
 * @param {import('node:http').IncomingMessage} response
 * @param {import('node:http').ServerResponse} answer
 * @param {Record<string, unknown>} options
 */
async function sendPage(response, answer, options) {
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const page = withWindowOptions(Buffer.concat(chunks).toString('utf8'), options);
  const { 'content-length': _, etag: __, ...headers } = response.headers;
  answer.writeHead(response.statusCode ?? 502, headers);
  answer.end(page);
}

/**
 * @param {string} page HTML of a window
 * @param {Record<string, unknown>} options
 */
export function withWindowOptions(page, options) {
  return page.replace(
    /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
    (_, start, settings) => {
      const given = JSON.parse(settings.replaceAll('&quot;', '"'));
      const text = JSON.stringify({ ...given, ...options });
      return `${start}${text.replaceAll('"', '&quot;')}"`;
    },
  );
}
