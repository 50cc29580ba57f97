import type { CatalogSourceInfo, InstanceDocs, InstanceDocsFile } from '../../../../api';
import { isAbort, isRecord, type Logger, parsedJson } from '../../../../base';
import { parseEntityRef } from '../../../../model';
import type { Clock } from '../../../../platform/core/ports';
import { type BackstageConnection, type SourceAnswer, SourceError } from '../../../sources/core';
import { refPath } from '..';
import { jsonEvents, type ServerEvent } from './eventStream';
import type { CachedFile, FileCache } from './fileCache';

/** Events of a docs build. Source: `createEventStream` of `plugins/techdocs-backend`. */
type BuildEvent =
  | { readonly type: 'log'; readonly line: string }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'finish'; readonly isUpdated: boolean };

const MAX_LINE = 1000;

/** Returns undefined for other events. */
function readBuildEvent({ type, value }: ServerEvent): BuildEvent | undefined {
  if (type === 'log') return { type, line: String(value).slice(0, MAX_LINE).trimEnd() };
  if (type === 'error') return { type, message: String(value).slice(0, MAX_LINE) };
  if (type !== 'finish') return undefined;
  return { type, isUpdated: isRecord(value) && value['updated'] === true };
}

export interface InstanceDocsDeps {
  readonly session: BackstageConnection;
  readonly source: () => CatalogSourceInfo;
  /** Undefined if nothing can be stored. */
  readonly kept: FileCache | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** URL path of all docs. */
const PLACE = '/api/techdocs/static/docs/';
/** In bytes. */
const MAX_FILE = 5 * 1024 * 1024;
const MAX_METADATA = 256 * 1024;
const MAX_LOG = 16 * 1024 * 1024;
/** Milliseconds without an answer before the cached file is returned. */
const PATIENCE = 6_000;
/** Maximum milliseconds without build output: a build may pull a container image and clone a repository. */
const BUILD_SILENCE = 10 * 60_000;

/** Docs of an instance for plugins, with a cache of recently read files. */
export function createInstanceDocs(deps: InstanceDocsDeps): InstanceDocs {
  const read: InstanceDocs['read'] = async (entityRef, path, options) =>
    new DocsFile(deps, entityRef, path).read(options);
  return {
    read,

    async getMetadata(entityRef, { signal }) {
      const file = await read(entityRef, 'techdocs_metadata.json', {
        signal,
        maxSize: MAX_METADATA,
      });
      if (!file) return undefined;
      const value = parsedJson(file.content);
      const { site_name, site_description, build_timestamp } = isRecord(value) ? value : {};
      return {
        siteName: textOf(site_name),
        // Python's text for a missing description.
        siteDescription: site_description === 'None' ? undefined : textOf(site_description),
        builtAt: typeof build_timestamp === 'number' ? build_timestamp : undefined,
      };
    },

    async build(entityRef, { signal, report }) {
      const { session, source } = deps;
      const stream = await session.stream({
        signal,
        path: `/api/techdocs/sync/${pathOf(entityRef)}`,
        silence: BUILD_SILENCE,
        maxSize: MAX_LOG,
      });
      try {
        return await outcomeOf(stream.chunks, report);
      } catch (error) {
        if (!(error instanceof SourceError) || error.failure !== 'unreachable') throw error;
        const message = `Lost the connection to ${source().name} while it builds the docs.`;
        const advice = 'The build may continue there. Open the page again later.';
        throw new SourceError('unreachable', message, { advice, cause: error });
      }
    },
  };
}

/** A file of an entity's docs. */
class DocsFile {
  readonly #deps: InstanceDocsDeps;
  readonly #path: string;

  constructor(deps: InstanceDocsDeps, entityRef: string, path: string) {
    this.#deps = deps;
    this.#path = `${PLACE}${pathOf(entityRef)}/${escaped(path)}`;
  }

  async read({
    signal,
    maxSize = MAX_FILE,
  }: {
    readonly signal: AbortSignal;
    readonly maxSize?: number;
  }): Promise<InstanceDocsFile | undefined> {
    const { clock, logger } = this.#deps;
    const known = await this.#deps.kept?.read(this.#path);
    signal.throwIfAborted();
    // The cached file may be larger than the caller accepts.
    const kept = known && known.content.length <= maxSize ? known : undefined;
    try {
      const answer = await this.#ask({ signal, maxSize, kept });
      if (answer.type === 'unchanged' && kept)
        return this.#keep({ ...kept, fetchedAt: clock.now() });
      if (answer.type === 'unchanged' || answer.status === 404) {
        await this.#forget();
        return undefined;
      }
      this.#checkPlace(answer.url);
      const { body: content, etag } = answer;
      return await this.#keep({ content, etag, fetchedAt: clock.now() });
    } catch (error) {
      if (signal.aborted || !(error instanceof SourceError) || !kept) throw error;
      // A user who lost access must not see cached files, even offline.
      if (error.status === 403) await this.#forget();
      if (error.failure === 'unauthorized') throw error;
      logger.info(`Showing cached docs: ${error.message}`);
      const { content, fetchedAt } = kept;
      return { content, fetchedAt, failure: error.message };
    }
  }

  /** @throws SourceError for a page of something else, which must not be cached as docs */
  #checkPlace(url: string): void {
    const { pathname } = new URL(url);
    if (pathname.toLowerCase().includes(PLACE)) return;
    const { name } = this.#deps.source();
    throw new SourceError('invalid', `${name} redirects the docs to another page.`, {
      advice: 'It may be a sign-in page. Open the docs in the browser.',
    });
  }

  /** Requests the file, for a limited time if there is a cached one. */
  async #ask({
    signal,
    maxSize,
    kept,
  }: {
    readonly signal: AbortSignal;
    readonly maxSize: number;
    readonly kept: CachedFile | undefined;
  }): Promise<SourceAnswer> {
    const { session, clock, source } = this.#deps;
    const ending = new AbortController();
    const patience = AbortSignal.any([signal, ending.signal]);
    const reading = session.read({
      signal: patience,
      path: this.#path,
      accept: '*/*',
      maxSize,
      answers: [404],
      ...(kept?.etag !== undefined && { etag: kept.etag }),
    });
    if (!kept) return reading;
    const over = new AbortController();
    const slow = clock.delay(PATIENCE, AbortSignal.any([signal, over.signal])).then(() => {
      ending.abort();
    });
    slow.catch(() => {});
    try {
      return await reading;
    } catch (error) {
      if (!isAbort(error) || signal.aborted) throw error;
      throw new SourceError('unreachable', `${source().name} isn't responding.`, { cause: error });
    } finally {
      over.abort();
    }
  }

  async #keep(file: CachedFile): Promise<InstanceDocsFile> {
    try {
      await this.#deps.kept?.write(this.#path, file);
    } catch (error) {
      // The file can be shown even if it can't be cached.
      this.#deps.logger.warn(`Can't cache a page of docs: ${String(error)}`);
    }
    return { content: file.content, fetchedAt: file.fetchedAt, failure: undefined };
  }

  async #forget(): Promise<void> {
    try {
      await this.#deps.kept?.remove(this.#path);
    } catch (error) {
      this.#deps.logger.warn(`Can't delete a cached page of docs: ${String(error)}`);
    }
  }
}

/** Returns the path of an entity's docs in lower case; a case-sensitive backend redirects. */
function pathOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return refPath(...[namespace, kind, name].map(part => part.toLowerCase()));
}

/** @throws SourceError for a path outside the site */
function escaped(path: string): string {
  const steps = path.split('/');
  const isWithin = steps.every(step => step !== '..' && step !== '.' && !/[\\\0]/.test(step));
  if (!isWithin || steps.some((step, at) => step === '' && at < steps.length - 1)) {
    throw new SourceError('refused', 'The path is outside of the docs.');
  }
  return steps.map(encodeURIComponent).join('/');
}

/** @throws SourceError if the build failed or its result is unknown */
async function outcomeOf(
  chunks: AsyncIterable<Uint8Array>,
  report: ((line: string) => void) | undefined,
): Promise<boolean> {
  for await (const each of jsonEvents(chunks)) {
    const event = readBuildEvent(each);
    if (!event) continue;
    if (event.type === 'log') report?.(event.line);
    if (event.type === 'finish') return event.isUpdated;
    if (event.type === 'error') {
      throw new SourceError('invalid', `The server can't build the docs: ${event.message}`);
    }
  }
  throw new SourceError('invalid', 'The server did not report the result of the build.');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : undefined;
}
