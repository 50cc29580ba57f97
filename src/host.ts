import type { LanguageServerDeps, RunningLanguageServer } from './features/authoring/vscode';
import type { ScaffolderTools } from './features/scaffolder/vscode';
import type { SourceTools } from './features/sources/vscode';
import type { DocsTools, PreviewBlocks } from './features/techdocs/vscode';
import type { GitClient } from './platform/core/ports';
import type { Platform } from './platform/vscode/platform';

/** The parts of the extension that differ between a host with Node and a browser. */
export interface Host {
  readonly platform: Platform;
  /** Asks git about files and folders, by their URIs. Starts git, so only in trusted workspaces. */
  readonly git: GitClient;
  /** Starts the language server as a process of its own; undefined in a browser. */
  readonly startLanguageServer:
    | ((deps: LanguageServerDeps) => Promise<RunningLanguageServer>)
    | undefined;
  /** Loads a script (a URI) of the extension, at once: VS Code's Markdown preview doesn't wait. */
  readonly loadMarkdownPreview: (script: string) => PreviewBlocks;
  /** Imports the module of a plugin by its URL; undefined in a browser. */
  readonly importModule: ((url: string) => Promise<unknown>) | undefined;
  readonly loadDocsTools: () => Promise<DocsTools>;
  /** Loads the scaffolder; undefined in a browser, where nothing could stop a template that never ends. */
  readonly loadScaffolder: (() => Promise<ScaffolderTools>) | undefined;
  readonly loadSourceTools: () => Promise<SourceTools>;
}
