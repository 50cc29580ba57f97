import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../src/base';
import { CatalogEngine } from '../src/features/catalog/core';
import { snapshotIn } from '../src/features/catalog/core/snapshot';
import { OverlayFileSystem } from '../src/platform/core/files';
import { NodeBlobStore, NodeClock, NodeFileSystem, pathToFileUri } from '../src/platform/node';

/* The ways to have a catalog that a soak can be of. */

export interface SoakSetup {
  readonly engine: CatalogEngine;
  /** Unsaved texts by URI. */
  readonly texts: Map<string, string>;
  /**
   * Runs from time to time when all edits are undone.
   *
   * @returns contents of other catalogs, which must be the same
   */
  pause(): Promise<readonly CatalogEngine[]>;
  close(): void;
}

export const soakSetups: Readonly<
  Record<string, (folder: string, place: string) => Promise<SoakSetup>>
> = {
  /** Without a snapshot, as on the command line. */
  async thread(folder) {
    const texts = new Map<string, string>();
    const engine = openEngine(folder, texts);
    return { engine, texts, pause: () => Promise.resolve([]), close: () => engine.dispose() };
  },

  /**
   * With a snapshot, as in a window. When all edits are undone, the snapshot is written, another window
   * starts from it and writes its own, and this one shows the catalog as Backstage and switches back.
   */
  async window(folder, place) {
    const texts = new Map<string, string>();
    const store = new NodeBlobStore(place);
    const deps = { snapshot: snapshotIn(store, 'soak') };
    const engine = openEngine(folder, texts, deps);
    const backstage = backstageOf(folder);
    return {
      engine,
      texts,
      async pause() {
        await engine.save();
        const other = openEngine(folder, texts, { snapshot: deps.snapshot });
        await other.refresh();
        await other.save();
        engine.setBackstage(backstage);
        await engine.refresh();
        engine.setBackstage(undefined);
        await engine.refresh();
        return [other];
      },
      close() {
        engine.dispose();
      },
    };
  },

  /** The catalog as Backstage. It has a history, which a restart resets. */
  async backstage(folder) {
    const texts = new Map<string, string>();
    const engine = openEngine(folder, texts);
    engine.setBackstage(backstageOf(folder));
    return {
      engine,
      texts,
      async pause() {
        await engine.refresh();
        return [];
      },
      close: () => engine.dispose(),
    };
  },
};

type EngineDeps = ConstructorParameters<typeof CatalogEngine>[0];

function openEngine(
  folder: string,
  texts: ReadonlyMap<string, string>,
  deps: Partial<EngineDeps> = {},
): CatalogEngine {
  const engine = new CatalogEngine({
    fileSystem: new OverlayFileSystem(new NodeFileSystem(), { getText: uri => texts.get(uri) }),
    clock: new NodeClock(),
    logger: silentLogger,
    ...deps,
  });
  engine.setRoots([{ uri: pathToFileUri(folder), name: 'soak' }]);
  return engine;
}

function backstageOf(folder: string): Parameters<CatalogEngine['setBackstage']>[0] {
  return {
    configs: [pathToFileUri(join(folder, 'app-config.yaml'))],
    locations: [],
    aiModel: true,
    environment: new Map(),
  };
}

/** Writes an app-config whose locations include nearly all descriptors. */
export function writeAppConfig(folder: string): void {
  const targets = [
    './all.yaml',
    './templates/*/template.yaml',
    './domains/*/*/catalog-info.yaml',
    './domains/*/*/catalog-info.yml',
    './added/*.yaml',
  ];
  writeFileSync(
    join(folder, 'app-config.yaml'),
    `catalog:
  rules:
    - allow: [Component, API, Resource, System, Domain, Group, User, Template, Location]
  locations:
${targets.map(target => `    - { type: file, target: '${target}' }\n`).join('')}`,
  );
}
