import { basenameUri, isWithin, uriPath } from '../../../../../base';
import { decodeText } from '../../../../../platform/core/files';
import type { FileChange, FileSystem } from '../../../../../platform/core/ports';
import type { IngestContext } from '../../ingest/ingestContext';
import { parseFile, type ParsedFile } from '../parsedFile';
import type { ReadPlace } from '../outsideFolders';
import { type ServerError, serverError } from '../serverError';
import { expandTarget, isAffected, placesOf, type TargetExpansion } from './targetFiles';

/** A file that could not be read, with the server's error message. */
export interface UnreadableFile {
  readonly uri: string;
  readonly reason: string;
}

/** Targets and files (URIs) that Locations reference. */
export interface Reached {
  readonly targets: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

interface LocationReaderDeps {
  readonly fileSystem: FileSystem;
  readonly context: IngestContext;
  readonly backendFolder: string;
  /** Called after each file with the number of files so far. */
  readonly onRead: (filesRead: number) => void;
}

/** Expands targets and reads files, with a cache that changes invalidate. */
export class LocationReader {
  readonly #deps: LocationReaderDeps;
  #expansions = new Map<string, TargetExpansion>();
  #files = new Map<string, ParsedFile | UnreadableFile>();
  /** Previous versions of changed files. */
  #former = new Map<string, ParsedFile>();
  /** Real URIs of files behind symbolic links, by the URI they were read under. */
  #links = new Map<string, string>();

  constructor(deps: LocationReaderDeps) {
    this.#deps = deps;
  }

  get backendFolder(): string {
    return this.#deps.backendFolder;
  }

  async expand(target: string): Promise<TargetExpansion> {
    let expansion = this.#expansions.get(target);
    if (!expansion) {
      expansion = await expandTarget(target, this.backendFolder, this.#deps.fileSystem);
      this.#expansions.set(target, expansion);
    }
    return expansion;
  }

  async read(uri: string): Promise<ParsedFile | UnreadableFile> {
    let file = this.#files.get(uri);
    if (!file) {
      file = await this.#read(uri);
      this.#files.set(uri, file);
      this.#former.delete(uri);
      this.#deps.onRead(this.#files.size);
      const real = await this.#deps.fileSystem.realPath(uri);
      if (real !== uri) this.#links.set(uri, real);
    }
    return file;
  }

  /** URIs of read and unreadable files. */
  files(): Iterable<string> {
    return this.#files.keys();
  }

  /** Returns the cached file. */
  known(uri: string): ParsedFile | undefined {
    const file = this.#files.get(uri);
    return file && isParsed(file) ? file : undefined;
  }

  /** Returns the real URIs of files that were read through symbolic links. */
  realPlaces(): ReadonlySet<string> {
    return new Set(this.#links.values());
  }

  /** Returns all places that the cache depends on, including files behind symbolic links. */
  *places(): Iterable<ReadPlace> {
    for (const expansion of this.#expansions.values()) yield* placesOf(expansion);
    for (const uri of this.#links.values()) yield { uri, reach: 'itself' };
  }

  /** Invalidates what a change of a file or folder affects. Returns whether anything was. */
  async forget({ uri: changed, type }: FileChange): Promise<boolean> {
    let isConcerned = false;
    // A changed text doesn't affect targets, if the file still exists.
    const isTextOnly =
      type === 'changed' && this.#files.has(changed) && (await this.#isFile(changed));
    for (const [target, expansion] of isTextOnly ? [] : this.#expansions) {
      if (!isAffected(expansion, changed)) continue;
      isConcerned = true;
      this.#expansions.delete(target);
    }
    for (const [uri, file] of this.#files) {
      const real = this.#links.get(uri);
      const isChanged = isWithin(changed, uri) || (real !== undefined && isWithin(changed, real));
      // The target of a broken link is unknown: any change may have fixed it.
      if (!isChanged && (isParsed(file) || !(await this.#isFile(uri)))) continue;
      isConcerned = true;
      this.#forgetFile(uri);
      if (isParsed(file)) this.#former.set(uri, file);
    }
    return isConcerned;
  }

  /** Invalidates the files that depend on these addresses. Returns whether there were any. */
  forgetMadeOf(addresses: ReadonlySet<string>): boolean {
    let isConcerned = false;
    for (const [uri, file] of this.#files) {
      if (!isParsed(file) || !file.dependencies.some(url => addresses.has(url))) continue;
      isConcerned = true;
      this.#forgetFile(uri);
      this.#former.set(uri, file);
    }
    return isConcerned;
  }

  /** Removes targets and files that no Location references any more. */
  keep({ targets, files }: Reached): void {
    for (const target of this.#expansions.keys()) {
      if (!targets.has(target)) this.#expansions.delete(target);
    }
    for (const uri of this.#files.keys()) if (!files.has(uri)) this.#forgetFile(uri);
    this.#former.clear();
  }

  /** Checks whether a file exists; false also on errors. */
  async #isFile(uri: string): Promise<boolean> {
    try {
      return (await this.#deps.fileSystem.stat(uri))?.type === 'file';
    } catch {
      // The disk refuses to say. Reading the Location's target reports why.
      return false;
    }
  }

  #forgetFile(uri: string): void {
    this.#files.delete(uri);
    this.#links.delete(uri);
  }

  async #read(uri: string): Promise<ParsedFile | UnreadableFile> {
    try {
      const stat = await this.#deps.fileSystem.stat(uri);
      if (stat?.type === 'directory') {
        return { uri, reason: 'Error: EISDIR: illegal operation on a directory, read' };
      }
      const { maxFileSize } = this.#deps.context;
      if (stat && stat.size > maxFileSize) {
        const reason = `Error: ${basenameUri(uri)} has ${stat.size} bytes, more than the ${maxFileSize} that are read; see callboard.catalog.maxFileSize`;
        return { uri, reason };
      }
      if (!stat) {
        const reason = `Error: ENOENT: no such file or directory, open '${uriPath(uri)}'`;
        return { uri, reason };
      }
      const text = decodeText(await this.#deps.fileSystem.readFile(uri));
      return await parseFile({ uri, text }, this.#deps.context, this.#former.get(uri));
    } catch (error) {
      return { uri, reason: String(error) };
    }
  }
}

export function isParsed(file: ParsedFile | UnreadableFile): file is ParsedFile {
  return 'results' in file;
}

/** Creates the server's error for an unreadable target. */
export function unreadable(target: string, reason: string): ServerError {
  return serverError('Error', `file ${target} could not be read, ${reason}`);
}
