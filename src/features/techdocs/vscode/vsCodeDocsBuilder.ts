import * as vscode from 'vscode';
import type {
  TechDocsBuilderService,
  TechDocsBuildOptions,
  TechDocsBuildResult,
} from '../../../api';
import { type Disposable, onDemand } from '../../../base';
import type { Clock, FileSystem, OutputFolder } from '../../../platform/core/ports';
import { fromUri, toUri } from '../../../platform/vscode/convert';
import { VsCodeOutputFolder } from '../../../platform/vscode/files/vsCodeOutputFolder';
import { mayCause, readSetting } from '../../../platform/vscode/trust';
import {
  type BuildMessage,
  buildDocs,
  type BuiltSite,
  filesOfBuild,
  ForeignFolderError,
  checkTarget,
  type TechDocsSites,
  writeDocs,
} from '../core';
import type { DocsTools } from './docsTools';

export interface VsCodeDocsBuilderDeps {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly loadDocsTools: () => Promise<DocsTools>;
  readonly extensionUri: vscode.Uri;
  readonly sites: TechDocsSites;
}

/** Builds sites with Callboard or MkDocs, depending on settings, and writes a log. */
export class VsCodeDocsBuilder implements Pick<TechDocsBuilderService, 'build'>, Disposable {
  #deps: VsCodeDocsBuilderDeps;
  #log = vscode.window.createOutputChannel('Callboard: Docs', { log: true });
  #tools: () => Promise<DocsTools>;

  constructor(deps: VsCodeDocsBuilderDeps) {
    this.#deps = deps;
    this.#tools = onDemand(deps.loadDocsTools);
  }

  dispose(): void {
    this.#log.dispose();
  }

  async build(siteId: string, options: TechDocsBuildOptions): Promise<TechDocsBuildResult> {
    const { signal = new AbortController().signal, target } = options;
    const site = await this.#deps.sites.build(siteId, { signal });
    if (!site) throw new Error(vscode.l10n.t('These docs are no longer in the workspace.'));
    await this.#checkTarget(target, site);
    const tools = await this.#tools();
    const output = (await tools.openOutput(target)) ?? new VsCodeOutputFolder(target);
    const folder = toUri(siteId);
    const isOwn = readSetting('callboard.docs.builder', folder) !== 'mkdocs';
    const run = { ...options, signal, output, folder };
    this.#log.info(vscode.l10n.t('Building {0}', site.content.site.name));
    try {
      const built = await (isOwn ? this.#buildOwn(site, run) : this.#runMkdocs(site, run));
      return { type: 'built', ...built, showLog: () => this.#log.show(true) };
    } catch (error) {
      if (error instanceof ForeignFolderError) return { type: 'foreign-folder' };
      if (!signal.aborted) this.#log.error(error instanceof Error ? error : String(error));
      throw error;
    }
  }

  async #buildOwn(site: BuiltSite, run: BuildRun): Promise<Built> {
    const { fileSystem, clock, extensionUri } = this.#deps;
    const { signal, report, output, isCleaned } = run;
    const { problems } = site.content;
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length) {
      this.#logMessages(errors);
      throw new Error(
        vscode.l10n.t('The site has errors: {0}', errors[0]?.message.split('\n')[0] ?? ''),
      );
    }
    if (!isCleaned) await filesOfBuild(output);
    const theme = fromUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview'));
    const built = await buildDocs(
      site,
      { fileSystem, clock, theme },
      {
        signal,
        time: clock.now(),
        onProgress: ({ done, total }) => report?.(vscode.l10n.t('{0} of {1} pages', done, total)),
      },
    );
    const messages = [...problems, ...built.messages, ...built.diagramWarnings];
    this.#logMessages(messages);
    const { written, removed, unchanged } = await writeDocs(built, output, {
      signal,
      isCleaned: isCleaned ?? false,
      onProgress: ({ done, total }) => report?.(vscode.l10n.t('{0} of {1} files', done, total)),
    });
    this.#log.info(
      vscode.l10n.t(
        "{0} pages: {1} files written, {2} unchanged, {3} removed. HTML in pages isn't sanitized.",
        ...[built.pages, written, unchanged, removed],
      ),
    );
    const warnings = messages.filter(({ severity }) => severity === 'warning').length;
    return { pages: built.pages, warnings };
  }

  /** Runs MkDocs, which executes plugins and hooks of the config: only for trusted workspaces. */
  async #runMkdocs({ content }: BuiltSite, run: BuildRun): Promise<Built> {
    const { signal, target, output, folder, isCleaned, report } = run;
    const { config } = content.site;
    const { runMkdocs } = await this.#tools();
    if (!mayCause('mkdocs')) {
      throw new Error(
        vscode.l10n.t(
          'MkDocs can run code from the workspace. Trust the workspace, or set callboard.docs.builder to callboard.',
        ),
      );
    }
    if (!runMkdocs || !target.startsWith('file:') || !config?.startsWith('file:')) {
      throw new Error(
        vscode.l10n.t('MkDocs can build only local sites with a mkdocs.yml, into local folders.'),
      );
    }
    // MkDocs empties the folder without asking.
    if (!isCleaned) await filesOfBuild(output);
    let warnings = 0;
    const program = readSetting('callboard.docs.mkdocsPath', folder);
    await runMkdocs({
      program: (typeof program === 'string' && program.trim()) || 'mkdocs',
      config,
      target,
      signal,
      time: this.#deps.clock.now(),
      onLine: line => {
        if (line.startsWith('WARNING')) warnings++;
        this.#log.info(line);
        report?.(line.slice(0, 80));
      },
    });
    return { pages: undefined, warnings };
  }

  async #checkTarget(target: string, site: BuiltSite): Promise<void> {
    const refusal = await checkTarget(target, site, this.#deps.fileSystem);
    if (!refusal) return;
    throw new Error(
      refusal === 'holds-sources'
        ? vscode.l10n.t('This folder contains the sources of the docs. Choose another folder.')
        : vscode.l10n.t(
            'This folder is inside the docs, so the next build would publish it. Choose another folder.',
          ),
    );
  }

  #logMessages(messages: readonly BuildMessage[]): void {
    for (const { severity, message, file, range } of messages) {
      const path = file === undefined ? '' : vscode.workspace.asRelativePath(toUri(file));
      const line = `${path}:${range.start.line + 1}: ${message}`;
      if (severity === 'error') this.#log.error(line);
      else if (severity === 'warning') this.#log.warn(line);
      else this.#log.info(line);
    }
  }
}

interface BuildRun extends TechDocsBuildOptions {
  readonly signal: AbortSignal;
  readonly output: OutputFolder;
  /** Folder of the site, for its settings. */
  readonly folder: vscode.Uri;
}

interface Built {
  readonly pages: number | undefined;
  readonly warnings: number;
}
