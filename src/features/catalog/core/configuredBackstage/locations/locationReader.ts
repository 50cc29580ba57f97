import { basenameUri, isWithin, uriPath } from '../../../../../base';
import { decodeText } from '../../../../../platform/core/files';
import type { FileChange, FileSystem } from '../../../../../platform/core/ports';
import type { IngestContext } from '../../ingest/ingestContext';
import { judgeFile, type JudgedFile } from '../judgedFile';
import type { ReadPlace } from '../outsideFolders';
import { type ServerError, serverError } from '../serverError';
import { expandTarget, isAffected, placesOf, type TargetExpansion } from './targetFiles';

/** A file that could not be read, in the server's words. */
export interface UnreadableFile {
  readonly uri: string;
  readonly reason: string;
}

/** What Locations lead to: their targets, and the URIs of the files. */
export interface Reached {
  readonly targets: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
}

interface LocationReaderDeps {
  readonly fileSystem: FileSystem;
  readonly context: IngestContext;
  readonly backendFolder: string;
  /** Called for every file, with how many are known so far. */
  readonly onRead: (filesRead: number) => void;
}

/** Expands targets and reads files, each once until something of it changes. */
export class LocationReader {
  readonly #deps: LocationReaderDeps;
  #expansions = new Map<string, TargetExpansion>();
  #files = new Map<string, JudgedFile | UnreadableFile>();
  /** Files that changed, as they were before. */
  #former = new Map<string, JudgedFile>();
  /** By the URI that a file really has, behind links: the URIs that it was read under. */
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

  async read(uri: string): Promise<JudgedFile | UnreadableFile> {
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

  /** The file as it was read last, if it was. */
  known(uri: string): JudgedFile | undefined {
    const file = this.#files.get(uri);
    return file && isJudged(file) ? file : undefined;
  }

  /** The URIs that files really have which were read under others, behind symbolic links. */
  realPlaces(): ReadonlySet<string> {
    return new Set(this.#links.values());
  }

  /** Everything that its answers depend on, the files behind symbolic links included. */
  *places(): Iterable<ReadPlace> {
    for (const expansion of this.#expansions.values()) yield* placesOf(expansion);
    for (const uri of this.#links.values()) yield { uri, reach: 'itself' };
  }

  /** Forgets what a change of a file or folder can have made untrue; whether there is any of it. */
  async forget({ uri: changed, type }: FileChange): Promise<boolean> {
    let isConcerned = false;
    // Another text in a file that is known moves nothing; that it is still there has to be seen.
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
      // Where a broken link leads isn't known: any change may have mended it.
      if (!isChanged && (isJudged(file) || !(await this.#isFile(uri)))) continue;
      isConcerned = true;
      this.#forgetFile(uri);
      if (isJudged(file)) this.#former.set(uri, file);
    }
    return isConcerned;
  }

  /** Forgets the files that were made with what stood at these addresses; whether there are any. */
  forgetMadeOf(addresses: ReadonlySet<string>): boolean {
    let isConcerned = false;
    for (const [uri, file] of this.#files) {
      if (!isJudged(file) || !file.dependencies.some(url => addresses.has(url))) continue;
      isConcerned = true;
      this.#forgetFile(uri);
      this.#former.set(uri, file);
    }
    return isConcerned;
  }

  /** Forgets the targets and the files that no Location leads to any more. */
  keep({ targets, files }: Reached): void {
    for (const target of this.#expansions.keys()) {
      if (!targets.has(target)) this.#expansions.delete(target);
    }
    for (const uri of this.#files.keys()) if (!files.has(uri)) this.#forgetFile(uri);
    this.#former.clear();
  }

  /** Returns false also if the disk refuses to say. */
  async #isFile(uri: string): Promise<boolean> {
    try {
      return (await this.#deps.fileSystem.stat(uri))?.type === 'file';
    } catch {
      return false;
    }
  }

  #forgetFile(uri: string): void {
    this.#files.delete(uri);
    this.#links.delete(uri);
  }

  async #read(uri: string): Promise<JudgedFile | UnreadableFile> {
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
      return await judgeFile({ uri, text }, this.#deps.context, this.#former.get(uri));
    } catch (error) {
      return { uri, reason: String(error) };
    }
  }
}

export function isJudged(file: JudgedFile | UnreadableFile): file is JudgedFile {
  return 'results' in file;
}

/** The server's error for a target that could not be read. */
export function unreadable(target: string, reason: string): ServerError {
  return serverError('Error', `file ${target} could not be read, ${reason}`);
}
