import * as vscode from 'vscode';
import { type Disposable, DisposableStore, isWithin, type Logger } from '../../../base';
import type { Problem, SeveritySettings } from '../../../model';
import { readableText } from '../../../platform/core/files';
import type { FileChange, FileSystem } from '../../../platform/core/ports';
import { fromUri, toDiagnostic, toUri } from '../../../platform/vscode/convert';
import { ownProblems } from '../../catalog/core/shared';
import {
  type BuiltSite,
  type DocsChecker,
  type LinkedEntity,
  LiveDocsProblems,
  type TechDocsSites,
} from '../core';
import type { DocsTools } from './docsTools';
import { PageFixes } from './pageFixes';

export interface SiteDiagnosticsDeps {
  readonly sites: TechDocsSites;
  readonly checker: DocsChecker;
  /** Includes unsaved changes of open editors. */
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  readonly loadDocsTools: () => Promise<DocsTools>;
  /** Returns the catalog's entities. */
  readonly entities: () => Iterable<LinkedEntity>;
  readonly severities: () => SeveritySettings;
  readonly documentationOf: (code: string) => vscode.Uri;
}

const PAGES_AND_CONFIGS = [{ language: 'markdown' }, { pattern: '**/mkdocs.{yml,yaml}' }];

/**
 * Reports problems of the sites being edited, and registers completion, fixes, and renames. The
 * language server reports schema errors of open configs.
 */
export class SiteDiagnostics implements Disposable {
  #deps: SiteDiagnosticsDeps;
  #store = new DisposableStore();
  #collection = this.#store.add(vscode.languages.createDiagnosticCollection('callboard-docs'));
  #live: LiveDocsProblems;
  /** Problems before settings and comments apply, since those can change alone. */
  #found = new Map<string, readonly Problem[]>();

  constructor(deps: SiteDiagnosticsDeps) {
    this.#deps = deps;
    this.#live = this.#store.add(
      new LiveDocsProblems({
        ...deps,
        openFiles: () => new Set(openDocuments()),
        show: (file, problems) => {
          if (problems.length) this.#found.set(file, problems);
          else this.#found.delete(file);
          void this.#show(file);
        },
      }),
    );
    const fixes = new PageFixes({
      fileSystem: deps.fileSystem,
      problemsOf: file => this.#found.get(file) ?? [],
      siteOf: this.#siteOf,
    });
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#store.add(vscode.languages.registerCodeActionsProvider(PAGES_AND_CONFIGS, fixes, kinds));
    void this.#registerTools();
    const update = (): void => void this.#live.update();
    const updateFor = ({ uri }: vscode.TextDocument): void => {
      if (/(?:\/mkdocs\.ya?ml|\.(?:md|markdown))$/.test(uri.path)) update();
    };
    const { workspace } = vscode;
    this.#store.add(workspace.onDidOpenTextDocument(updateFor));
    this.#store.add(workspace.onDidCloseTextDocument(updateFor));
    this.#store.add(
      deps.sites.onDidChange(({ list, siteIds }) => {
        // `changed` handles changed pages.
        if (list || siteIds.size) update();
      }),
    );
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (!event.affectsConfiguration('callboard.problems')) return;
        for (const file of this.#found.keys()) void this.#show(file);
      }),
    );
    update();
  }

  /** Updates problems after file changes that the sites know about. */
  async changed(changes: readonly FileChange[]): Promise<void> {
    await this.#live.changed(changes);
    // A comment may turn off unchanged problems.
    for (const { uri } of changes) if (this.#found.has(uri)) void this.#show(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Registers completion and other editing features. */
  async #registerTools(): Promise<void> {
    const { loadDocsTools, logger } = this.#deps;
    const { languages } = vscode;
    const deps = { ...this.#deps, siteOf: this.#siteOf, sitesOf: this.#sitesOf };
    try {
      const { DocsCompletion, HeadingRenames } = await loadDocsTools();
      if (DocsCompletion) {
        const completion = new DocsCompletion(deps);
        const triggers = ['(', '/', '#', '"', "'", ' '];
        this.#store.add(
          languages.registerCompletionItemProvider(PAGES_AND_CONFIGS, completion, ...triggers),
        );
      }
      if (HeadingRenames) {
        const renames = new HeadingRenames(deps);
        this.#store.add(languages.registerRenameProvider({ language: 'markdown' }, renames));
      }
    } catch (error) {
      logger.error('Links and headings of documentation are not helped with', error);
    }
  }

  async #show(file: string): Promise<void> {
    const { fileSystem, severities, documentationOf } = this.#deps;
    const found = this.#found.get(file) ?? [];
    const open = openText(file);
    const text = open ?? (found.length ? await readableText(file, fileSystem) : undefined) ?? '';
    if ((this.#found.get(file) ?? []).length !== found.length) return;
    const problems = found.filter(problem => open === undefined || !isReportedByServer(problem));
    const own = ownProblems(problems, { text, found: [], severities: severities() });
    this.#collection.set(
      toUri(file),
      own.map(problem => toDiagnostic(problem, documentationOf)),
    );
  }

  #siteOf = async (file: string, signal: AbortSignal): Promise<BuiltSite | undefined> => {
    for await (const site of this.#sitesAbove(file, signal)) {
      if (hasPage(site, file) || site.content.site.config === file) return site;
    }
    return undefined;
  };

  #sitesOf = async (page: string, signal: AbortSignal): Promise<readonly BuiltSite[]> => {
    const sites: BuiltSite[] = [];
    for await (const site of this.#sitesAbove(page, signal)) {
      if (site.content.site.origin !== 'readme' && hasPage(site, page)) sites.push(site);
    }
    return sites;
  };

  async *#sitesAbove(file: string, signal: AbortSignal): AsyncGenerator<BuiltSite> {
    const { sites } = this.#deps;
    for (const { id, folder } of await sites.getSites({ signal })) {
      const site = isWithin(folder, file) ? await sites.build(id, { signal }) : undefined;
      if (site) yield site;
    }
  }
}

function hasPage({ content }: BuiltSite, file: string): boolean {
  return content.pages.some(page => page.file === file);
}

function openDocuments(): readonly string[] {
  return vscode.workspace.textDocuments.map(({ uri }) => fromUri(uri));
}

function openText(file: string): string | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => fromUri(uri) === file)?.getText();
}

/** Whether the language server reports the same from the schema or as a YAML error. */
function isReportedByServer({ code, message }: Problem): boolean {
  if (code !== 'mkdocs-invalid') return false;
  return /Required configuration|Expected (?:type|nav)|Invalid config/.test(message)
    ? true
    : !/^Config value|constructor for the tag/.test(message);
}
