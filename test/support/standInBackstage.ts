import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Entity, stringifyEntityRef } from '../../src/model';
import { textOf } from './requestText';

/**
 * Replaces the answer to the next request, for errors that a real Backstage doesn't produce on demand. Undefined: the
 * usual answer.
 */
export type Fault = (
  request: {
    readonly method: string;
    readonly url: URL;
    readonly authorization: string | undefined;
  },
  response: ServerResponse,
) => boolean | void;

/** The part of a Backstage that sources use, with arbitrary entities. */
export class StandInBackstage {
  entities: unknown[];
  fault: Fault = () => false;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(entities: readonly unknown[] = []) {
    this.entities = [...entities];
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', this.url);
    // A kept connection may be closed just before the next request.
    response.setHeader('connection', 'close');
    const { method = '', headers } = request;
    if (this.fault({ method, url, authorization: headers.authorization }, response)) return;
    if (url.pathname === '/api/catalog/entities/by-query') {
      return json(response, this.#page(url), { isPacked: headers['accept-encoding'] === 'gzip' });
    }
    if (url.pathname === '/api/catalog/entities/by-refs') {
      const { entityRefs } = JSON.parse(await textOf(request)) as { entityRefs: string[] };
      const byRef = new Map(this.entities.map(entity => [refOf(entity), entity]));
      return json(response, { items: entityRefs.map(ref => byRef.get(ref) ?? null) });
    }
    json(response, { error: { name: 'NotFoundError' } }, { status: 404 });
  }

  #page({ searchParams }: URL): object {
    const limit = Number(searchParams.get('limit'));
    const start = Number(searchParams.get('cursor') ?? 0);
    const isPart = searchParams.has('fields');
    const term = searchParams.get('fullTextFilterTerm')?.toLowerCase() ?? '';
    const all = this.entities.filter(entity => term === '' || namesOf(entity).includes(term));
    const items = all.slice(start, start + limit);
    const end = start + items.length;
    return {
      items: isPart ? items.map(partOf) : items,
      totalItems: all.length,
      pageInfo: end < all.length ? { nextCursor: String(end) } : {},
    };
  }
}

export function json(
  response: ServerResponse,
  value: unknown,
  {
    status = 200,
    isPacked = false,
  }: { readonly status?: number; readonly isPacked?: boolean } = {},
): void {
  const text = JSON.stringify(value);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      ...(isPacked && { 'content-encoding': 'gzip' }),
    })
    .end(isPacked ? gzipSync(text) : text);
}

/** Returns an entity as a server has it, with its own etag. */
export function servedComponent(name: string, more: object = {}): Entity {
  const hash = [...`${name}${JSON.stringify(more)}`].reduce(
    (sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0,
    7,
  );
  const etag = hash.toString(16).padStart(40, '0');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid of ${name}`,
      etag,
      annotations: {
        'backstage.io/managed-by-location': `url:https://git.example.com/${name}.yaml`,
        'backstage.io/managed-by-origin-location': `url:https://git.example.com/${name}.yaml`,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-a', ...more },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
  };
}

function refOf(entity: unknown): string {
  try {
    return stringifyEntityRef(entity as Entity);
  } catch {
    return '';
  }
}

/** Returns the fields of an entity that can be requested for all entities at once. */
function partOf(entity: unknown): unknown {
  const { kind, metadata, spec } = entity as Entity;
  const { namespace, name, title, uid, etag } = metadata;
  return { kind, metadata: { namespace, name, title, uid, etag }, spec: { type: spec?.['type'] } };
}

function namesOf(entity: unknown): string {
  const { metadata } = entity as Partial<Entity>;
  return JSON.stringify([metadata?.name, metadata?.title]).toLowerCase();
}
