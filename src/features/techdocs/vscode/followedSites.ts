import type * as vscode from 'vscode';
import type { TechDocsBuilderService } from '../../../api';
import { type Disposable, DisposableStore, type Event, type Logger, onDemand } from '../../../base';
import type { SeveritySettings } from '../../../model';
import { entityTitle, hasDocs } from '../../../model/presentation';
import { ChangeQueue } from '../../../platform/core/files';
import type { Clock, FileChange, FileSystem, WorkerPool } from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import { mayCause } from '../../../platform/vscode/trust';
import type { CatalogEngine, ForgesOfHosts } from '../../catalog/core';
import { DocsChecker, type LinkedEntity, TechDocsSites } from '../core';
import type { DocsTools } from './docsTools';
import { editsOfMove } from './pageMoves';
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
  /** The source that is a Backstage and has an entity, by its full ref. */
  readonly instanceOf: (entityRef: string) => string | undefined;
  /** Which kinds of forges answer on hosts whose names do not tell. */
  readonly forges: ForgesOfHosts;
  /** Without them, long pages are read in the window's own thread. */
  readonly workers?: WorkerPool | undefined;
  readonly platform: Pick<Platform, 'environment'>;
  readonly loadDocsTools: () => Promise<DocsTools>;
  /** Of the folder that the extension is installed in. */
  readonly extensionUri: vscode.Uri;
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
  readonly checker: DocsChecker;
  #diagnostics: SiteDiagnostics | undefined;

  constructor(deps: FollowedSitesDeps) {
    this.#deps = deps;
    const { fileSystem, clock, logger, engine, platform, changes, workers, instanceOf, forges } =
      deps;
    const sites = this.#store.add(
      new TechDocsSites({
        fileSystem,
        clock,
        logger,
        catalog: engine,
        workers,
        instanceOf,
        forges,
        // What runs with secrets around it tells them to no config that is not trusted.
        environment: () => (mayCause('environmentVariables') ? platform.environment : new Map()),
      }),
    );
    const queue = this.#store.add(
      new ChangeQueue({
        clock,
        logger,
        few: FEW_CHANGES,
        many: MANY_CHANGES,
        manyFiles: MANY_FILES,
        apply: async changed => {
          await sites.applyChanges(changed);
          this.checker.forget(changed.map(({ uri }) => uri));
          // The next change does not wait for what this one did to other pages.
          void this.#diagnostics?.changed(changed);
        },
      }),
    );
    for (const event of changes) this.#store.add(event(changed => queue.add(changed)));
    this.sites = sites;
    this.checker = new DocsChecker({
      ...deps,
      hasEntity: ref => engine.getEntityByRef(ref) !== undefined,
    });
  }

  build: TechDocsBuilderService['build'] = async (siteId, options) =>
    (await this.#builder()).build(siteId, options);

  draft: TechDocsBuilderService['draft'] = async entityRef => {
    const { draftDocs } = await import('./draftDocs');
    return draftDocs(entityRef, this.#deps.engine);
  };

  /** Says from now on what is wrong with the sites that a config or page is open of. */
  showDiagnostics(): Disposable {
    const { engine } = this.#deps;
    const severities = (): SeveritySettings => engine.options.severities;
    const { sites, checker } = this;
    this.#diagnostics = this.#store.add(
      new SiteDiagnostics({
        ...this.#deps,
        severities,
        checker,
        sites,
        entities: () => linkedEntities(engine),
      }),
    );
    return this.#diagnostics;
  }

  /** What is to be written before files are renamed. */
  editsOfMove(files: vscode.FileWillRenameEvent['files']): Promise<vscode.WorkspaceEdit> {
    return editsOfMove(files, { ...this.#deps, sites: this.sites, checker: this.checker });
  }

  #builder = onDemand(async () => {
    const { VsCodeDocsBuilder } = await import('./vsCodeDocsBuilder');
    return this.#store.add(new VsCodeDocsBuilder({ ...this.#deps, sites: this.sites }));
  });

  dispose(): void {
    this.#store.dispose();
  }
}

function* linkedEntities(engine: CatalogEngine): Generator<LinkedEntity> {
  for (const ref of engine.getEntityRefs()) {
    const entity = engine.getEntityByRef(ref);
    if (entity) yield { ref, title: entityTitle(entity), hasDocs: hasDocs(entity) };
  }
}
