import * as vscode from 'vscode';
import type { ActionsService } from '../../../api';
import {
  type Disposable,
  DisposableStore,
  type Event,
  type Logger,
  translateCount,
} from '../../../base';
import { ChangeQueue } from '../../../platform/core/files';
import type { Clock, FileChange, OutsideFolder } from '../../../platform/core/ports';
import { fromUri, isCancellation } from '../../../platform/vscode/convert';
import { WATCHER_STARTS } from '../../../platform/vscode/files/watchFiles';
import { onDidGrantTrust, readSetting } from '../../../platform/vscode/trust';
import {
  type BackstageSetup,
  type CatalogEngine,
  type CatalogOptions,
  type RefreshProgress,
  readCatalogOptions,
} from '../core';

/**
 * Delays in milliseconds. After typing, problems appear within a tenth of a second; VS Code reports
 * changes of many files in batches of a hundred, every 200 ms.
 */
const FEW_CHANGES = { quiet: 40, longest: 400 };
const MANY_CHANGES = { quiet: 500, longest: 10_000 };
const MANY_FILES = 50;
const PROGRESS_INTERVAL = 100;

export interface CatalogControllerDeps {
  readonly actions: ActionsService;
  readonly engine: CatalogEngine;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Events of changed files: of the disk and of open editors. */
  readonly changes: readonly Event<readonly FileChange[]>[];
  /** Watches folders outside the workspace. */
  readonly outside: { follow(folders: readonly OutsideFolder[]): Promise<void> };
  /** Backstage whose catalog to show, instead of the discovered one. */
  readonly backstage: {
    readonly setup: BackstageSetup | undefined;
    readonly onDidChange: Event<void>;
  };
}

/** Keeps the engine up to date with the window's folders, settings and files. A new refresh replaces a running one. */
export class CatalogController implements Disposable {
  #deps: CatalogControllerDeps;
  #store = new DisposableStore();
  #queue: ChangeQueue;
  #current = new AbortController();
  #missed = new AbortController();
  /** Serialized options of the last read. */
  #readWith = '';

  constructor(deps: CatalogControllerDeps) {
    this.#deps = deps;
    const { actions, engine, clock, logger } = deps;
    this.#store.add(actions.registerCommand('callboard.refresh', () => this.refresh()));
    this.#queue = this.#store.add(
      new ChangeQueue({
        clock,
        logger,
        few: FEW_CHANGES,
        many: MANY_CHANGES,
        manyFiles: MANY_FILES,
        apply: async changes => {
          logger.debug(`${changes.length} changed files are read`);
          await engine.applyChanges(changes);
          await this.#followOutside();
        },
      }),
    );
    for (const event of deps.changes) {
      this.#store.add(event(changes => this.#queue.add(changes)));
    }
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.start()));
    for (const event of [deps.backstage.onDidChange, engine.onDidChangeTemplateActions]) {
      this.#store.add(event(() => void this.#refreshInBackground()));
    }
    const settings = [
      'callboard.catalog',
      'callboard.problems',
      'callboard.codeowners',
      'callboard.scaffolder',
      'files.exclude',
    ];
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard.templates.integrations')) {
          void this.#refreshInBackground();
        } else if (settings.some(key => event.affectsConfiguration(key))) {
          // Some settings don't affect reading, such as those of sources.
          if (textOf(this.#readOptions()) !== this.#readWith) void this.#refreshInBackground();
        }
      }),
    );
    // In a trusted workspace, more of its settings apply.
    this.#store.add(onDidGrantTrust(() => void this.#refreshInBackground()));
  }

  /** Reads folders that VS Code has just begun to watch. */
  async start(): Promise<void> {
    this.#missed.abort();
    const { signal } = (this.#missed = new AbortController());
    await this.#refreshInBackground();
    void this.#findMissedChanges(signal);
  }

  /**
   * Reads everything again at the user's request.
   *
   * @throws AbortError when the user cancels; any error of the engine
   */
  async refresh(): Promise<void> {
    await this.#deps.actions.withProgress(
      vscode.l10n.t('Reading the catalog…'),
      async ({ signal, report }) => {
        const abort = new AbortController();
        signal.addEventListener('abort', () => abort.abort(signal.reason));
        try {
          await this.#refresh(abort, report);
        } catch (error) {
          // A newer refresh replaced this one, which is fine.
          if (!isCancellation(error) || signal.aborted) throw error;
        }
      },
    );
  }

  dispose(): void {
    this.#current.abort();
    this.#missed.abort();
    this.#store.dispose();
  }

  async #findMissedChanges(signal: AbortSignal): Promise<void> {
    const { clock, engine, logger } = this.#deps;
    try {
      for (const pause of WATCHER_STARTS) {
        await clock.delay(pause, signal);
        this.#queue.add(await engine.unreportedChanges(signal));
      }
    } catch (error) {
      if (!signal.aborted) logger.error("Can't look for missed changes", error);
    }
  }

  async #refreshInBackground(): Promise<void> {
    await this.#deps.actions.run(vscode.l10n.t('Reading the catalog'), async () =>
      vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: 'Callboard' },
        progress => this.#refresh(new AbortController(), message => progress.report({ message })),
      ),
    );
  }

  async #refresh(abort: AbortController, report: (message: string) => void): Promise<void> {
    const { engine, logger, clock } = this.#deps;
    this.#current.abort();
    this.#current = abort;
    // The refresh reads these files too, unless it fails.
    const skipped = this.#queue.take();
    const folders = vscode.workspace.workspaceFolders ?? [];
    engine.setRoots(folders.map(({ uri, name }) => ({ uri: fromUri(uri), name })));
    const options = this.#readOptions();
    this.#readWith = textOf(options);
    engine.setOptions(options);
    engine.setBackstage(this.#deps.backstage.setup);
    const began = clock.now();
    let reported = 0;
    const onProgress = (progress: RefreshProgress): void => {
      // Throttled, because each report is a message to the window.
      const now = clock.now();
      if (now - reported < PROGRESS_INTERVAL) return;
      reported = now;
      report(describeProgress(progress));
    };
    report(vscode.l10n.t('Finding files'));
    try {
      await vscode.window.withProgress({ location: { viewId: 'callboard.catalog' } }, () =>
        engine.refresh({ signal: abort.signal, onProgress }),
      );
    } catch (error) {
      this.#queue.add(skipped);
      throw error;
    }
    const { files, documents, entities } = engine.statistics;
    logger.info(
      `${entities} entities in ${documents} documents of ${files} files, read in ${clock.now() - began} ms`,
    );
    await this.#followOutside();
  }

  async #followOutside(): Promise<void> {
    const { engine, outside } = this.#deps;
    await outside.follow(await engine.outsideFolders());
  }

  #readOptions(): CatalogOptions {
    const { options, errors } = readCatalogOptions(key => readSetting(key));
    for (const error of errors) this.#deps.logger.warn(`Settings: ${error}`);
    return options;
  }
}

function textOf(options: CatalogOptions): string {
  return JSON.stringify(options);
}

function describeProgress({ phase, done, total }: RefreshProgress): string {
  if (total === undefined) return translateCount(done, { one: '{0} file', other: '{0} files' });
  switch (phase) {
    case 'entities':
      return vscode.l10n.t('Processing entities: {0} of {1} files', done, total);
    case 'relations':
      return vscode.l10n.t('Resolving relations: {0} of {1} entities', done, total);
    case 'problems':
      return vscode.l10n.t('Checking entities: {0} of {1} files', done, total);
    case 'templates':
      return vscode.l10n.t('Checking templates: {0} of {1}', done, total);
    case 'apis':
      return vscode.l10n.t('Checking API definitions: {0} of {1}', done, total);
    case undefined:
      return vscode.l10n.t('{0} of {1} files', done, total);
  }
}
