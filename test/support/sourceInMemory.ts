import { Emitter } from '../../src/base';
import type { CatalogSource, FindWantedRefs } from '../../src/features/catalog/core';
import type { FileChange } from '../../src/platform/core/ports';
import { fileUri, type InMemoryFileSystem } from './inMemoryFileSystem';

type Read = CatalogSource['read'];
type IndexedFile = NonNullable<ReturnType<Awaited<ReturnType<Read>>['files']['get']>>;

/** A source with its copy in memory, below `/sources/ID`. */
export class SourceInMemory implements CatalogSource {
  readonly id: string;
  readonly name: string;
  readonly allow: readonly string[];
  readonly reportsProblems: boolean;
  readonly isPartial: boolean;
  /** The refs that the catalog wants, from the last notification. */
  find: FindWantedRefs | undefined;
  /** The number of full reads. */
  reads = 0;
  readonly #files: InMemoryFileSystem;
  readonly #changed = new Emitter<readonly FileChange[] | undefined>();
  readonly onDidChange = this.#changed.event;

  constructor(
    files: InMemoryFileSystem,
    {
      id = 'remote',
      allow = ['*'],
      reportsProblems = true,
      isPartial = false,
    }: {
      id?: string;
      allow?: readonly string[];
      reportsProblems?: boolean;
      isPartial?: boolean;
    } = {},
  ) {
    this.#files = files;
    this.id = id;
    this.name = `Source ${id}`;
    this.allow = allow;
    this.reportsProblems = reportsProblems;
    this.isPartial = isPartial;
  }

  onCatalogChange(find: FindWantedRefs): void {
    this.find = find;
  }

  readonly read: Read = async (session, { group }) => {
    this.reads++;
    const reader = await session.reader();
    const boundary = fileUri(this.#folder);
    const files = new Map<string, IndexedFile>();
    for (const path of this.#files.paths()) {
      if (!path.startsWith(this.#folder)) continue;
      const uri = fileUri(path);
      const reading = await reader.readFile({ uri, expectsDescriptors: true, boundary }, 0);
      const order = { group, path };
      if (reading)
        files.set(uri, { uri, order, repository: undefined, expectsDescriptors: true, ...reading });
    }
    return {
      files,
      origins: new Map(),
      reachedBy: new Map(),
      unreadTargets: [],
      leadsTo: () => false,
    };
  };

  displayPath(uri: string): string {
    return `${this.name}: ${uri.slice(fileUri(this.#folder).length)}`;
  }

  locationOf(uri: string): string {
    return `url:https://example.com/${uri.slice(fileUri(this.#folder).length)}`;
  }

  /** Returns the URI of a file. */
  at(path: string): string {
    return fileUri(`${this.#folder}${path}`);
  }

  /** Replaces all files. */
  put(texts: Readonly<Record<string, string>>): void {
    for (const path of [...this.#files.paths()]) {
      if (path.startsWith(this.#folder)) this.#files.remove(path);
    }
    for (const [path, text] of Object.entries(texts)) {
      this.#files.write(`${this.#folder}${path}`, text);
    }
    this.#changed.fire(undefined);
  }

  get #folder(): string {
    return `/sources/${this.id}/`;
  }
}
