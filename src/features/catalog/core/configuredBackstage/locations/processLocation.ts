import type { EntitySource } from '../../../../../api';
import { uriPath } from '../../../../../base';
import {
  type Entity,
  type LocationRef,
  parseLocationRef,
  stringifyLocationRef,
} from '../../../../../model';
import { isTooComplex } from '../../../../../platform/core/globs';
import {
  NOT_READ_YET,
  readingNotAllowed,
  type ScmIntegrations,
} from '../../../../scm/core/urlReaders';
import type { FieldPath } from '../../ingest/yaml/yamlDocument';
import type { ParsedEntity } from '../parsedFile';
import { type ServerError, serverError } from '../serverError';
import type { UrlFiles } from '../urls/urlFiles';
import { targetFrom } from './locationPath';
import { isParsed, type LocationReader, unreadable } from './locationReader';

/** An entity emitted by a Location. */
export interface DeferredEntity {
  readonly document: ParsedEntity;
  /** Refs of the file and of the first location, as `type:target`. */
  readonly location: string;
  readonly origin: string;
  readonly locationKey: string;
}

/** A problem with a target of a Location. */
export interface TargetIssue {
  /** Path of the target in the entity. */
  readonly path: FieldPath;
  readonly kind: 'missing' | 'unreadable' | 'invalid' | 'blocked' | 'remote';
  readonly error: ServerError;
  /** Next step for the user, as a sentence; not part of the server's message. */
  readonly advice?: string;
  /** Document that prevents the Location from loading. */
  readonly obstacle?: EntitySource;
}

export interface LocationOutcome {
  readonly deferred: readonly DeferredEntity[];
  /** Problems; kind `remote` isn't an error on the server, which would read the target. */
  readonly issues: readonly TargetIssue[];
  /** Requested targets, as the server formats them. */
  readonly targets: readonly string[];
  /** URIs of the files that the targets match. */
  readonly files: readonly string[];
  /** URLs that the server may read. */
  readonly urls: readonly string[];
}

/** A Location to process, with the place it was read from. */
export interface LocationToRead {
  readonly ref: string;
  readonly entity: Entity;
  readonly location: string;
  readonly origin: string;
}

/**
 * Reads the targets of a Location.
 *
 * Source: `runSpecialLocationStep` of DefaultCatalogProcessingOrchestrator,
 * ProcessorOutputCollector, FileReaderProcessor and UrlReaderProcessor of
 * `plugins/catalog-backend`, messages included.
 */
export async function processLocation(
  location: LocationToRead,
  {
    reader,
    urlFiles,
    isReadable,
    pause,
    signal,
  }: {
    /** Undefined if local files aren't read. */
    reader: LocationReader | undefined;
    /** Undefined if remote files aren't read. */
    urlFiles?: UrlFiles | undefined;
    isReadable: (url: string) => boolean;
    /** Yields the thread if the time slice is used up. */
    pause: () => Promise<void>;
    signal?: AbortSignal | undefined;
  },
): Promise<LocationOutcome> {
  const own = parseLocationRef(location.location);
  const { spec = {} } = location.entity;
  const type = typeof spec['type'] === 'string' ? spec['type'] : own.type;
  const reading = new TargetReading(location, { urlFiles, pause, signal });
  if (type !== own.type && type !== 'url') {
    const message = 'Registered locations must be of an allowed type ["url"]';
    reading.report(['spec', 'type'], 'invalid', serverError('InputError', message));
    return reading;
  }
  const isOptional = spec['presence'] === 'optional';
  if (type === 'url' && urlFiles) {
    const { urls } = urlFiles;
    urls.prepare?.(urlTargets(location, urls.integrations).filter(isReadable));
  }
  for (const [path, written] of writtenTargets(location.entity)) {
    if (type === 'file' && reader) {
      await reading.readFiles(path, written, { reader, own: own.target, isOptional });
    } else if (type === 'url') {
      const url = urlFiles ? urlFrom(own, written, urlFiles.urls.integrations) : written;
      await reading.readUrl(path, url, { isReadable, isOptional });
    } else {
      const message = `No processor was able to handle reading of ${type}:${written}`;
      reading.report(path, 'remote', serverError('InputError', message));
      break;
    }
  }
  return reading;
}

/** Returns the URLs that a Location references. */
export function urlTargets(
  { entity, location }: Pick<LocationToRead, 'entity' | 'location'>,
  integrations: ScmIntegrations,
): readonly string[] {
  const own = parseLocationRef(location);
  const type = entity.spec?.['type'] ?? own.type;
  if (type !== 'url') return [];
  return writtenTargets(entity).map(([, written]) => urlFrom(own, written, integrations));
}

/** Resolves a target, which is relative only to another URL. Source: `toAbsoluteUrl` of `plugins/catalog-backend`. */
function urlFrom(own: LocationRef, written: string, integrations: ScmIntegrations): string {
  if (own.type !== 'url') return written;
  try {
    return integrations.resolveUrl(written, own.target);
  } catch {
    // No address: it is kept as it is written, and reading it reports that.
    return written;
  }
}

function writtenTargets({ spec = {} }: Entity): readonly (readonly [FieldPath, string])[] {
  const { target, targets } = spec;
  const written: [FieldPath, string][] = [];
  if (typeof target === 'string' && target) written.push([['spec', 'target'], target]);
  if (Array.isArray(targets)) {
    for (const [index, item] of targets.entries()) {
      if (typeof item === 'string') written.push([['spec', 'targets', index], item]);
    }
  }
  return written;
}

interface ReadingDeps {
  readonly urlFiles: UrlFiles | undefined;
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

class TargetReading implements LocationOutcome {
  readonly deferred: DeferredEntity[] = [];
  readonly issues: TargetIssue[] = [];
  readonly targets: string[] = [];
  readonly files: string[] = [];
  readonly urls: string[] = [];
  readonly #location: LocationToRead;
  readonly #deps: ReadingDeps;

  constructor(location: LocationToRead, deps: ReadingDeps) {
    this.#location = location;
    this.#deps = deps;
  }

  report(
    path: FieldPath,
    kind: TargetIssue['kind'],
    error: ServerError,
    more: Pick<TargetIssue, 'advice' | 'obstacle'> = {},
  ): void {
    this.issues.push({ path, kind, error, ...more });
  }

  async readFiles(
    path: FieldPath,
    written: string,
    { reader, own, isOptional }: { reader: LocationReader; own: string; isOptional: boolean },
  ): Promise<void> {
    if (written.endsWith('/')) {
      const message = `LocationEntityProcessor cannot handle file type location with target ${own} that ends with a path separator`;
      this.report(path, 'invalid', serverError('InputError', message));
      return;
    }
    const target = targetFrom(own, written);
    if (isTooComplex(target)) {
      this.report(
        path,
        'invalid',
        unreadable(target, 'Error: it is too long or has too many alternatives'),
      );
      return;
    }
    this.targets.push(target);
    const { matches, error: refusal } = await reader.expand(target);
    if (!matches.length && !isOptional) {
      const error = serverError('NotFoundError', refusal ?? `file ${target} does not exist`);
      this.report(path, 'missing', error);
    }
    // Also those after a file that prevents reading the rest.
    for (const { uri } of matches) this.files.push(uri);
    for (const match of matches) {
      const file = await reader.read(match.uri);
      if (!isParsed(file)) {
        this.report(path, 'unreadable', unreadable(target, file.reason));
        return;
      }
      await this.#deps.pause();
      for (const result of file.results) {
        if (result.type === 'entity') this.#emit(result, { type: 'file', target: match.path });
        else if (result.unreadable !== undefined) {
          this.report(path, 'blocked', unreadable(target, result.unreadable), {
            obstacle: result.source,
          });
          return;
        } else {
          this.report(path, 'blocked', writtenAs(result.error, match), { obstacle: result.source });
        }
      }
    }
  }

  async readUrl(
    path: FieldPath,
    url: string,
    { isReadable, isOptional }: { isReadable: (url: string) => boolean; isOptional: boolean },
  ): Promise<void> {
    const { urlFiles, pause, signal } = this.#deps;
    if (!isReadable(url)) {
      const reason = URL.canParse(url) ? readingNotAllowed(url) : 'Invalid URL';
      this.report(path, 'unreadable', unreadableUrl(reason));
      return;
    }
    this.urls.push(url);
    if (!urlFiles) {
      this.report(path, 'remote', serverError('Error', `${url} is on another machine`));
      return;
    }
    const found = await urlFiles.search(url, { pause, signal });
    const more = found.advice === undefined ? {} : { advice: found.advice };
    if (found.type === 'failed') {
      const { name, message } = found;
      if (name === 'NotFoundError' && isOptional) return;
      if (name === NOT_READ_YET) {
        this.report(path, 'remote', serverError('Error', `${url} is on another machine`));
        return;
      }
      const isMissing = name === 'NotFoundError';
      const error = unreadableUrl(message, isMissing ? name : 'Error');
      this.report(path, isMissing ? 'missing' : 'unreadable', error, more);
      return;
    }
    if (!found.files.length && !isOptional) {
      const reason = `no matching files found for ${url}`;
      this.report(path, 'missing', unreadableUrl(reason, 'NotFoundError'), more);
    }
    for (const { file } of found.files) this.files.push(file.uri);
    for (const { url: target, file } of found.files) {
      await pause();
      for (const result of file.results) {
        if (result.type === 'entity') this.#emit(result, { type: 'url', target });
        else {
          const { error, unreadable: reason, source: obstacle } = result;
          const isEnd = reason !== undefined;
          const failure = isEnd ? unreadableUrl(reason.replace(/^ReferenceError: /, '')) : error;
          this.report(path, 'blocked', failure, { obstacle });
          if (isEnd) return;
        }
      }
    }
  }

  #emit(document: ParsedEntity, place: LocationRef): void {
    // The server treats a Location that emits itself as a processor's mistake.
    if (document.ref === this.#location.ref) return;
    const location = stringifyLocationRef(place);
    const { origin } = this.#location;
    this.deferred.push({ document, location, origin, locationKey: location });
  }
}

/** Creates the error of UrlReaderProcessor. */
function unreadableUrl(reason: string, name = 'Error'): ServerError {
  return serverError(name, `Unable to read url, ${reason}`.slice(0, 5000));
}

/** Replaces a file's absolute path in a message with the relative path it was read under. */
function writtenAs(error: ServerError, match: { uri: string; path: string }): ServerError {
  const absolute = uriPath(match.uri);
  if (absolute === match.path) return error;
  return { ...error, message: error.message.replace(absolute, match.path) };
}
