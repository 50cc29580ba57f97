import type { CatalogChangeEvent } from '../../src/api';
import { type Logger, silentLogger } from '../../src/base';
import {
  CatalogEngine,
  type CatalogOptions,
  type CatalogRoot,
} from '../../src/features/catalog/core';
import { snapshotIn } from '../../src/features/catalog/core/snapshot';
import { type Entity, type Problem, stringifyEntityRef } from '../../src/model';
import type { BlobStore, FileChange } from '../../src/platform/core/ports';
import { fileUri, InMemoryFileSystem } from './inMemoryFileSystem';
import { TestClock } from './testClock';

export interface TestCatalogOptions {
  readonly options?: Partial<CatalogOptions>;
  /** Names of workspace folders below `/`; default: `work`. */
  readonly roots?: readonly string[];
  readonly fileSystem?: InMemoryFileSystem;
  readonly clock?: TestClock;
  readonly logger?: Logger;
  /** Storage of the catalog, under version 1. */
  readonly store?: BlobStore;
}

/** An engine on files in memory. Paths are relative to the workspace folder `/work`. */
export class TestCatalog {
  readonly files: InMemoryFileSystem;
  readonly clock: TestClock;
  readonly engine: CatalogEngine;
  readonly events: CatalogChangeEvent[] = [];

  constructor({
    options,
    roots = ['work'],
    fileSystem = new InMemoryFileSystem(),
    clock = new TestClock(),
    logger = silentLogger,
    store,
  }: TestCatalogOptions = {}) {
    this.files = fileSystem;
    this.clock = clock;
    const snapshot = store && snapshotIn(store, '1');
    this.engine = new CatalogEngine({ fileSystem, clock, logger, options, snapshot });
    this.engine.setRoots(roots.map(root));
    this.engine.onDidChange(event => this.events.push(event));
  }

  /** Writes files and applies the changes. */
  async write(texts: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    const changes = Object.entries(texts).map(([path, text]): FileChange => {
      const type = this.files.paths().includes(absolute(path)) ? 'changed' : 'created';
      this.files.write(absolute(path), text);
      return { type, uri: at(path) };
    });
    await this.engine.applyChanges(changes);
  }

  /** Removes files or folders and applies the changes. */
  async remove(...paths: readonly string[]): Promise<void> {
    for (const path of paths) this.files.remove(absolute(path));
    await this.engine.applyChanges(paths.map(path => ({ type: 'deleted', uri: at(path) })));
  }

  async move(from: string, to: string): Promise<void> {
    this.files.move(absolute(from), absolute(to));
    await this.engine.applyChanges([
      { type: 'deleted', uri: at(from) },
      { type: 'created', uri: at(to) },
    ]);
  }

  refs(): readonly string[] {
    return this.engine.getEntities().map(entity => stringifyEntityRef(entity));
  }

  entity(ref: string): Entity | undefined {
    return this.engine.getEntityByRef(ref);
  }

  /** Returns relations as `type targetRef`. */
  relations(ref: string): readonly string[] {
    return this.engine.getRelations(ref).map(({ type, targetRef }) => `${type} ${targetRef}`);
  }

  problems(path?: string): readonly Problem[] {
    return this.engine.getProblems(path === undefined ? {} : { file: at(path) });
  }

  codes(path?: string): readonly string[] {
    return this.problems(path).map(({ code }) => code);
  }

  messages(path?: string): readonly string[] {
    return this.problems(path).map(({ message }) => message);
  }

  /** Returns the paths in an entity's two location annotations. */
  places(ref: string): { location: string | undefined; origin: string | undefined } {
    const annotations = this.entity(ref)?.metadata.annotations;
    const relative = (key: string): string | undefined => {
      const value =
        typeof annotations === 'object' && annotations !== null
          ? Reflect.get(annotations, key)
          : undefined;
      return typeof value === 'string' ? value.replace(/^file:\/work\//, '') : undefined;
    };
    return {
      location: relative('backstage.io/managed-by-location'),
      origin: relative('backstage.io/managed-by-origin-location'),
    };
  }

  /** Returns the events since the last call, with paths instead of URIs. */
  takeEvents(): { refs: readonly string[]; files: readonly string[] }[] {
    return this.events.splice(0).map(({ entityRefs, files }) => ({
      refs: [...entityRefs].sort(),
      files: [...files].map(uri => uri.replace(`${at('')}/`, '')).sort(),
    }));
  }
}

/** Creates a catalog of files by path (relative to `/work`, or absolute), read once. */
export async function openCatalog(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: TestCatalogOptions = {},
): Promise<TestCatalog> {
  const catalog = new TestCatalog(options);
  for (const [path, text] of Object.entries(files)) catalog.files.write(absolute(path), text);
  await catalog.engine.refresh();
  catalog.takeEvents();
  catalog.files.takeReads();
  return catalog;
}

/** Returns the URI of a path that is relative to `/work`, or absolute. */
export function at(path: string): string {
  return fileUri(absolute(path));
}

export function root(name: string): CatalogRoot {
  return { uri: fileUri(`/${name}`), name };
}

function absolute(path: string): string {
  if (path === '') return '/work';
  return path.startsWith('/') ? path : `/work/${path}`;
}
