import type { LanguageServerDeps, RunningLanguageServer } from './features/authoring/vscode';
import type { ScaffolderTools } from './features/scaffolder/vscode';
import type { SourceTools } from './features/sources/vscode';
import type { DocsTools, MarkdownPreview } from './features/techdocs/vscode';
import type { GitClient } from './platform/core/ports';
import type { Platform } from './platform/vscode/platform';

/** What an extension host with Node has and a browser doesn't: the platform, and what features do with it. */
export interface Host {
  readonly platform: Platform;
  /** Of files and folders by their URIs. Starts git: only for trusted workspaces. */
  readonly git: GitClient;
  /** Starts the language server as a process of its own; undefined in a browser. */
  readonly startLanguageServer:
    ((deps: LanguageServerDeps) => Promise<RunningLanguageServer>) | undefined;
  /** Loads a script (a URI) of the extension, at once: VS Code's Markdown preview doesn't wait. */
  readonly loadMarkdownPreview: (script: string) => MarkdownPreview;
  readonly loadDocsTools: () => Promise<DocsTools>;
  /** What runs templates; undefined in a browser, where nothing could stop one that never ends. */
  readonly loadScaffolder: (() => Promise<ScaffolderTools>) | undefined;
  readonly loadSourceTools: () => Promise<SourceTools>;
}
