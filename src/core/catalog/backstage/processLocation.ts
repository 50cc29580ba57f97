import type { EntitySource } from '../../../api';
import { uriPath } from '../../../base';
import { type Entity, parseLocationRef, stringifyLocationRef } from '../../../model';
import { isTooComplex } from '../../globs';
import { readingNotAllowed } from '../processing/placeholders';
import type { FieldPath } from '../ingest/yamlDocument';
import type { JudgedEntity } from './judgedFile';
import { isJudged, type LocationReader, unreadable } from './locationReader';
import { targetFrom } from './locationPath';
import { type ServerError, serverError } from './serverError';

/** An entity as a Location emits it. */
export interface DeferredEntity {
  readonly document: JudgedEntity;
  /** Location refs. */
  readonly location: string;
  readonly origin: string;
  readonly locationKey: string;
}

/** What came of one target of a Location. */
export interface TargetIssue {
  /** Of the target in the entity. */
  readonly path: FieldPath;
  readonly kind: 'missing' | 'unreadable' | 'invalid' | 'blocked' | 'remote';
  readonly error: ServerError;
  /** The document that keeps the Location from being loaded. */
  readonly obstacle?: EntitySource;
}

export interface LocationOutcome {
  readonly deferred: readonly DeferredEntity[];
  /** Those of kind `remote` are not the server's: it would read what is not read here. */
  readonly issues: readonly TargetIssue[];
  /** Those that were looked for, as the server writes them. */
  readonly targets: readonly string[];
  /** URIs of the files that it leads to. */
  readonly files: readonly string[];
  /** What the server reads from other machines. */
  readonly urls: readonly string[];
}

/** A Location that is processed, with where it was read from. */
export interface LocationToRead {
  readonly ref: string;
  readonly entity: Entity;
  readonly location: string;
  readonly origin: string;
}

/**
 * Reads what a Location leads to.
 *
 * Source: `runSpecialLocationStep` of DefaultCatalogProcessingOrchestrator, ProcessorOutputCollector,
 * FileReaderProcessor and UrlReaderProcessor of `plugins/catalog-backend`, messages included.
 */
export async function processLocation(
  location: LocationToRead,
  {
    reader,
    isReadable,
    pause,
  }: {
    reader: LocationReader;
    isReadable: (url: string) => boolean;
    /** Lets others have the thread, where it is time. */
    pause: () => Promise<void>;
  },
): Promise<LocationOutcome> {
  const own = parseLocationRef(location.location);
  const { spec = {} } = location.entity;
  const type = typeof spec['type'] === 'string' ? spec['type'] : own.type;
  if (type !== own.type && type !== 'url') {
    const message = 'Registered locations must be of an allowed type ["url"]';
    const error = serverError('InputError', message);
    return {
      deferred: [],
      issues: [{ path: ['spec', 'type'], kind: 'invalid', error }],
      targets: [],
      files: [],
      urls: [],
    };
  }
  const reading = new TargetReading(location, reader, pause);
  for (const [path, written] of writtenTargets(location.entity)) {
    if (type === 'file') {
      await reading.readFiles(path, written, {
        own: own.target,
        isOptional: spec['presence'] === 'optional',
      });
    } else if (type === 'url') reading.readUrl(path, written, isReadable);
    else {
      const message = `No processor was able to handle reading of ${type}:${written}`;
      reading.report(path, 'remote', serverError('InputError', message));
      break;
    }
  }
  return reading;
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

class TargetReading implements LocationOutcome {
  readonly deferred: DeferredEntity[] = [];
  readonly issues: TargetIssue[] = [];
  readonly targets: string[] = [];
  readonly files: string[] = [];
  readonly urls: string[] = [];
  #location: LocationToRead;
  #reader: LocationReader;
  #pause: () => Promise<void>;

  constructor(location: LocationToRead, reader: LocationReader, pause: () => Promise<void>) {
    this.#location = location;
    this.#reader = reader;
    this.#pause = pause;
  }

  report(
    path: FieldPath,
    kind: TargetIssue['kind'],
    error: ServerError,
    obstacle?: EntitySource,
  ): void {
    this.issues.push({ path, kind, error, ...(obstacle && { obstacle }) });
  }

  async readFiles(
    path: FieldPath,
    written: string,
    { own, isOptional }: { own: string; isOptional: boolean },
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
        unreadable(target, 'Error: it has more wildcards or alternatives than are matched'),
      );
      return;
    }
    this.targets.push(target);
    const { matches } = await this.#reader.expand(target);
    if (!matches.length && !isOptional) {
      const error = serverError('NotFoundError', `file ${target} does not exist`);
      this.report(path, 'missing', error);
    }
    // Those after one that keeps the rest from being read, too.
    for (const { uri } of matches) this.files.push(uri);
    for (const match of matches) {
      const file = await this.#reader.read(match.uri);
      if (!isJudged(file)) {
        this.report(path, 'unreadable', unreadable(target, file.reason));
        return;
      }
      await this.#pause();
      for (const result of file.results) {
        if (result.type === 'entity') this.#emit(result, match.path);
        else if (result.unreadable !== undefined) {
          this.report(path, 'blocked', unreadable(target, result.unreadable), result.source);
          return;
        } else this.report(path, 'blocked', writtenAs(result.error, match), result.source);
      }
    }
  }

  readUrl(path: FieldPath, url: string, isReadable: (url: string) => boolean): void {
    if (isReadable(url)) {
      this.urls.push(url);
      this.report(path, 'remote', serverError('Error', `${url} is on another machine`));
      return;
    }
    const reason = URL.canParse(url) ? readingNotAllowed(url) : 'Invalid URL';
    this.report(path, 'unreadable', serverError('Error', `Unable to read url, ${reason}`));
  }

  #emit(document: JudgedEntity, path: string): void {
    // The server takes it for a mistake of a processor that a Location brings itself.
    if (document.ref === this.#location.ref) return;
    const location = stringifyLocationRef({ type: 'file', target: path });
    const { origin } = this.#location;
    this.deferred.push({ document, location, origin, locationKey: location });
  }
}

/** A file that is read under a relative path is called by it in messages. */
function writtenAs(error: ServerError, match: { uri: string; path: string }): ServerError {
  const absolute = uriPath(match.uri);
  if (absolute === match.path) return error;
  return { ...error, message: error.message.replace(absolute, match.path) };
}
