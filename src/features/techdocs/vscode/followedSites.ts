import * as vscode from 'vscode';
import type { TechDocsBuilderService } from '../../../api';
import { type Disposable, DisposableStore, type Event, type Logger, onDemand } from '../../../base';
import type { SeveritySettings } from '../../../model';
import { entityTitle, hasDocs } from '../../../model/presentation';
import { ChangeQueue } from '../../../platform/core/files';
import type {
  Clock,
  Environment,
  FileChange,
  FileSystem,
  WorkerPool,
} from '../../../platform/core/ports';
import type { Platform } from '../../../platform/vscode/platform';
import { mayCause, onDidGrantTrust, readSetting } from '../../../platform/vscode/trust';
import { BACKSTAGE_CONFIG_SETTING } from '../../appConfig/vscode';
import type { CatalogEngine, ForgesOfHosts } from '../../catalog/core';
import { DocsChecker, type LinkedEntity, readTechDocsCore, TechDocsSites } from '../core';
import type { DocsTools } from './docsTools';
import { GeneratorSettings, RULES_SETTING } from './generatorSettings';
import { TECHDOCS_CORE_SETTING } from './markdownPreview';
import { editsOfMove } from './pageMoves';
import { SiteDiagnostics } from './siteDiagnostics';

/** Debounce times in milliseconds. While the user types, titles update at once. */
const FEW_CHANGES = { quiet: 60, longest: 400 };
const MANY_CHANGES = { quiet: 500, longest: 10_000 };
const MANY_FILES = 50;

export interface FollowedSitesDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly engine: CatalogEngine;
  /** Returns the Backstage source that has an entity (full ref). */
  readonly instanceOf: (entityRef: string) => string | undefined;
  /** Kinds of code hosts with custom host names. */
  readonly forges: ForgesOfHosts;
  /** Without workers, long pages block this thread. */
  readonly workers?: WorkerPool | undefined;
  readonly platform: Pick<Platform, 'environment'>;
  readonly loadDocsTools: () => Promise<DocsTools>;
  /** Folder of the installed extension. */
  readonly extensionUri: vscode.Uri;
  /** Events for changed files on disk and in open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
  /** Returns the documentation of a problem code. */
  readonly documentationOf: (code: string) => vscode.Uri;
}

/** Docs sites of the workspace, kept up to date with its files. */
export class FollowedSites implements Disposable {
  #deps: FollowedSitesDeps;
  #store = new DisposableStore();
  readonly sites: TechDocsSites;
  readonly checker: DocsChecker;
  #diagnostics: SiteDiagnostics | undefined;

  constructor(deps: FollowedSitesDeps) {
    this.#deps = deps;
    const { fileSystem, clock, logger, engine, platform, changes } = deps;
    const environment = (): Environment =>
      // Only trusted configs may read environment variables, which can hold secrets.
      mayCause('environmentVariables') ? platform.environment : new Map();
    const generator = new GeneratorSettings({ fileSystem, logger, environment });
    const sites = this.#store.add(
      new TechDocsSites({
        ...deps,
        catalog: engine,
        environment,
        generator: generator.read,
        techDocsCore: () => readTechDocsCore(readSetting(TECHDOCS_CORE_SETTING)),
      }),
    );
    const readAgain = (): void => {
      generator.invalidate();
      sites.invalidate();
    };
    this.#store.add(onDidGrantTrust(readAgain));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        const keys = [RULES_SETTING, TECHDOCS_CORE_SETTING, BACKSTAGE_CONFIG_SETTING];
        if (!keys.some(key => event.affectsConfiguration(key))) return;
        readAgain();
        void vscode.commands.executeCommand('markdown.preview.refresh');
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
          if (changed.some(({ uri }) => generator.dependsOn(uri))) readAgain();
          await sites.applyChanges(changed);
          this.checker.invalidate(changed.map(({ uri }) => uri));
          // Not awaited: the next change doesn't depend on it.
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

  /** Starts to report problems of sites with an open config or page. */
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

  /** Returns the edits to make before files are renamed. */
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
