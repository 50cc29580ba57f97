import * as vscode from 'vscode';
import type { TechDocsChangeEvent, TechDocsService } from '../api';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  onDemand,
} from '../base';
import type { CatalogEngine } from '../core/catalog';
import { ChangeQueue } from '../core/files';
import type { Clock, FileChange, FileSystem } from '../core/ports';
import type { TechDocsSites } from '../core/techdocs';
import type { Platform } from './platform';

/** In milliseconds. Who types sees the title of a page change at once. */
const FEW_CHANGES = { quiet: 60, longest: 400 };
const MANY_CHANGES = { quiet: 500, longest: 10_000 };
const MANY_FILES = 50;

export interface TechDocsOnDemandDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly engine: CatalogEngine;
  readonly platform: Pick<Platform, 'environment'>;
  /** Whatever reports that files have changed: the disk and the open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
}

/** Loads what reads documentation when somebody first asks for it, and has it follow the files from then on. */
export class TechDocsOnDemand implements TechDocsService, Disposable {
  #deps: TechDocsOnDemandDeps;
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<TechDocsChangeEvent>());

  readonly onDidChange = this.#changed.event;

  constructor(deps: TechDocsOnDemandDeps) {
    this.#deps = deps;
  }

  getSites: TechDocsService['getSites'] = async options => (await this.#load()).getSites(options);

  loadContent: TechDocsService['loadContent'] = async (siteId, options) =>
    (await this.#load()).loadContent(siteId, options);

  locate: TechDocsService['locate'] = async (entityRef, options) =>
    (await this.#load()).locate(entityRef, options);

  dispose(): void {
    this.#store.dispose();
  }

  #load = onDemand(async (): Promise<TechDocsSites> => {
    const { TechDocsSites: Sites } = await import('../core/techdocs');
    const { fileSystem, clock, logger, engine, platform, changes } = this.#deps;
    const sites = this.#store.add(
      new Sites({
        ...{ fileSystem, clock, logger, catalog: engine },
        // What runs with secrets around it tells them to no config that is not trusted.
        environment: () => (vscode.workspace.isTrusted ? platform.environment : new Map()),
      }),
    );
    this.#store.add(sites.onDidChange(event => this.#changed.fire(event)));
    const queue = this.#store.add(
      new ChangeQueue({
        ...{ clock, logger, few: FEW_CHANGES, many: MANY_CHANGES, manyFiles: MANY_FILES },
        apply: changed => sites.applyChanges(changed),
      }),
    );
    for (const event of changes) this.#store.add(event(changed => queue.add(changed)));
    return sites;
  });
}
