import type { OutputEntry, OutputFileOptions, OutputFolder } from '../../src/platform/core/ports';

interface Entry extends OutputEntry {
  readonly text: string;
}

export interface InMemoryOutputFolderOptions {
  /** Path of a file that can't be written. */
  readonly locked?: string;
  /** Whether names are case-insensitive. */
  readonly ignoresCase?: boolean;
  /** Targets of symbolic links by path. */
  readonly links?: Readonly<Record<string, string>>;
  readonly executables?: readonly string[];
}

/** An output folder in memory. Folders exist if they contain files. */
export class InMemoryOutputFolder implements OutputFolder {
  /** Paths, in the order in which they were written. */
  readonly written: string[] = [];
  readonly #entries = new Map<string, Entry>();
  readonly #options: InMemoryOutputFolderOptions;

  constructor(
    texts: Readonly<Record<string, string>> = {},
    options: InMemoryOutputFolderOptions = {},
  ) {
    this.#options = options;
    for (const [path, text] of Object.entries(texts)) this.put(path, text);
    for (const [path, target] of Object.entries(options.links ?? {})) this.#link(path, target);
  }

  /** Texts by paths: of links `-> target`, with `*` before those of programs. */
  get texts(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.#entries].map(([path, { type, text, isExecutable, target = '' }]) => [
        path,
        type === 'link' ? `-> ${target}` : `${isExecutable ? '*' : ''}${text}`,
      ]),
    );
  }

  /** Simulates a write by another program. */
  put(path: string, text: string): void {
    const isExecutable = this.#options.executables?.includes(path) ?? false;
    this.#entries.set(path, { type: 'file', text, isExecutable });
  }

  list(): Promise<readonly string[]> {
    const names = [...this.#entries.keys()].map(path => path.split('/')[0] ?? '');
    return Promise.resolve([...new Set(names)]);
  }

  find(path: string): Promise<OutputEntry | undefined> {
    const found = this.#entries.get(this.#spelled(path));
    if (found) return Promise.resolve(found);
    const isFolder = [...this.#entries.keys()].some(other =>
      this.#folded(other).startsWith(`${this.#folded(path)}/`),
    );
    return Promise.resolve(isFolder ? { type: 'directory', isExecutable: false } : undefined);
  }

  read(path: string): Promise<Uint8Array | undefined> {
    const found = this.#entries.get(this.#spelled(path));
    return Promise.resolve(
      found?.type === 'file' ? new TextEncoder().encode(found.text) : undefined,
    );
  }

  write(
    path: string,
    content: Uint8Array,
    { isExecutable = false }: OutputFileOptions = {},
  ): Promise<void> {
    if (path === this.#options.locked) return Promise.reject(new Error(`${path} is locked`));
    this.written.push(path);
    const text = new TextDecoder().decode(content);
    this.#entries.set(this.#spelled(path), { type: 'file', text, isExecutable });
    return Promise.resolve();
  }

  writeLink(path: string, target: string): Promise<void> {
    this.#link(path, target);
    return Promise.resolve();
  }

  remove(path: string): Promise<void> {
    this.#entries.delete(this.#spelled(path));
    return Promise.resolve();
  }

  revertWrite(path: string): Promise<void> {
    return this.remove(path);
  }

  clear(): Promise<void> {
    this.#entries.clear();
    return Promise.resolve();
  }

  #link(path: string, target: string): void {
    this.#entries.set(path, { type: 'link', text: '', isExecutable: false, target });
  }

  /** Returns the spelling of an existing entry; the path itself if there is none. */
  #spelled(path: string): string {
    const folded = this.#folded(path);
    return [...this.#entries.keys()].find(other => this.#folded(other) === folded) ?? path;
  }

  #folded(path: string): string {
    return this.#options.ignoresCase ? path.toLowerCase() : path;
  }
}
