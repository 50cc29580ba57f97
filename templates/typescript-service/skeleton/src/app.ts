import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Handlers by method and path, such as `GET /health`. */
const routes: Readonly<Record<string, Handler>> = {
  'GET /health': (_request, response) => sendJson(response, 200, { status: 'ok' }),
  'GET /': (_request, response) => sendJson(response, 200, { service: '${{ values.name }}' }),
};

/** Creates the server without listening, so that tests can choose the port. */
export function createApp(): Server {
  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: 'Internal server error' });
    });
  });
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path] = (request.url ?? '/').split('?', 1);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = `${method} ${path}`;
  const handler = Object.hasOwn(routes, route) ? routes[route] : undefined;
  if (handler) await handler(request, response);
  else sendJson(response, 404, { error: 'Not found' });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(`${JSON.stringify(body)}\n`);
}
