import {
  type Disposable,
  Emitter,
  EMPTY_RANGE,
  type Event,
  errorMessage,
  failure,
  isWithin,
  joinUri,
  ok,
  parsedJson,
  type Result,
} from '../../../../base';
import { readWithin } from '../../../../platform/core/files';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import { type DataPath, parsePlacedText, type SyntaxFault } from './placedText';

/** Maximum size of a data file, in bytes. */
const MAX_SIZE = 1024 * 1024;
/** Maximum number of cached files, missing ones included. */
const MAX_FILES = 20_000;

/** A data file. */
export interface DataFile {
  readonly uri: string;
  readonly value: unknown;
  /** Returns the place of a value, or of the nearest existing value around it. */
  readonly locate: (path: DataPath) => SyntaxFault['range'];
}

/** A data file; undefined if it doesn't exist, or a fault if it can't be read. */
export type DataReading = Result<DataFile | undefined, SyntaxFault>;

/** Files with data of entities: JSON, YAML and TOML. Each is read once until it changes. */
export class DataFiles implements Disposable {
  readonly #fileSystem: FileSystem;
  readonly #read = new Map<string, DataReading>();
  readonly #pending = new Map<string, Promise<DataReading>>();
  readonly #changed = new Emitter<ReadonlySet<string>>();

  /** Number of files that were read so far. */
  reads = 0;

  /** Fires with the URIs of cached files that changed. */
  readonly onDidChange: Event<ReadonlySet<string>> = this.#changed.event;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Returns a file that has been read; undefined if it hasn't been read yet. */
  cached(folder: string, path: string): DataReading | undefined {
    return this.#read.get(joinUri(folder, path));
  }

  /** Reads a file in a folder or below it. */
  load(folder: string, path: string): Promise<DataReading> {
    const uri = joinUri(folder, path);
    const known = this.#read.get(uri);
    if (known) return Promise.resolve(known);
    const pending = this.#pending.get(uri);
    if (pending) return pending;
    const reading = this.#load(uri, folder).then(read => {
      // A change meanwhile removed the promise.
      if (this.#pending.get(uri) === reading) {
        this.#pending.delete(uri);
        if (this.#read.size >= MAX_FILES) this.#read.clear();
        this.#read.set(uri, read);
        this.reads++;
      }
      return read;
    });
    this.#pending.set(uri, reading);
    return reading;
  }

  applyChanges(changes: readonly FileChange[]): void {
    const changed = new Set<string>();
    for (const uri of [...this.#read.keys(), ...this.#pending.keys()]) {
      if (changes.some(change => isWithin(change.uri, uri))) changed.add(uri);
    }
    for (const uri of changed) {
      this.#read.delete(uri);
      this.#pending.delete(uri);
    }
    if (changed.size) this.#changed.fire(changed);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #load(uri: string, boundary: string): Promise<DataReading> {
    const read = await readWithin(this.#fileSystem, { uri, boundary, maxSize: MAX_SIZE });
    switch (read.type) {
      case 'missing':
        return ok(undefined);
      case 'outside':
        return failure({
          message: "The file isn't read because it leads out of the folder of its entity",
          range: EMPTY_RANGE,
        });
      case 'failed':
        return failure({ message: `Can't read the file: ${read.message}`, range: EMPTY_RANGE });
      case 'text':
        return parseData(uri, read.text);
    }
  }
}

async function parseData(uri: string, text: string): Promise<DataReading> {
  if (uri.endsWith('.toml')) {
    const { parseToml } = await import('./toml');
    try {
      return ok({ uri, value: parseToml(text), locate: () => EMPTY_RANGE });
    } catch (error) {
      return failure({ message: errorMessage(error).split('\n', 1).join(''), range: EMPTY_RANGE });
    }
  }
  const json = uri.endsWith('.json') ? parsedJson(text) : undefined;
  if (json !== undefined) {
    return ok({
      uri,
      value: json,
      locate(path) {
        const placed = parsePlacedText(text);
        return placed.ok ? placed.value.locate(path) : EMPTY_RANGE;
      },
    });
  }
  const placed = parsePlacedText(text);
  if (!placed.ok) return failure(placed.error);
  const { value, locate } = placed.value;
  return ok({ uri, value, locate: path => locate(path) });
}
