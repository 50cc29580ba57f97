import * as vscode from 'vscode';
import { type Disposable, DisposableStore, type Event, type Logger } from '../../base';
import type { CatalogEngine, SeveritySettings } from '../../core/catalog';
import { ChangeQueue } from '../../core/files';
import type { Clock, FileChange, FileSystem } from '../../core/ports';
import { TechDocsSites } from '../../core/techdocs';
import type { Platform } from '../platform';
import { SiteDiagnostics } from './siteDiagnostics';

/** In milliseconds. Who types sees the title of a page change at once. */
const FEW_CHANGES = { quiet: 60, longest: 400 };
const MANY_CHANGES = { quiet: 500, longest: 10_000 };
const MANY_FILES = 50;

export interface FollowedSitesDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly engine: CatalogEngine;
  readonly platform: Pick<Platform, 'environment'>;
  /** Whatever reports that files have changed: the disk and the open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
  /** What explains a problem code, for the link behind it. */
  readonly documentationOf: (code: string) => vscode.Uri;
}

/** The documentation of the window's workspace, kept at what the files say. */
export class FollowedSites implements Disposable {
  #deps: FollowedSitesDeps;
  #store = new DisposableStore();
  readonly sites: TechDocsSites;

  constructor(deps: FollowedSitesDeps) {
    this.#deps = deps;
    const { fileSystem, clock, logger, engine, platform, changes } = deps;
    const sites = this.#store.add(
      new TechDocsSites({
        ...{ fileSystem, clock, logger, catalog: engine },
        // What runs with secrets around it tells them to no config that is not trusted.
        environment: () => (vscode.workspace.isTrusted ? platform.environment : new Map()),
      }),
    );
    const queue = this.#store.add(
      new ChangeQueue({
        ...{ clock, logger, few: FEW_CHANGES, many: MANY_CHANGES, manyFiles: MANY_FILES },
        apply: changed => sites.applyChanges(changed),
      }),
    );
    for (const event of changes) this.#store.add(event(changed => queue.add(changed)));
    this.sites = sites;
  }

  /** Says from now on what is wrong with the sites whose configs are open. */
  showDiagnostics(): Disposable {
    const { engine } = this.#deps;
    const severities = (): SeveritySettings => engine.options.severities;
    return this.#store.add(new SiteDiagnostics({ ...this.#deps, severities, sites: this.sites }));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
