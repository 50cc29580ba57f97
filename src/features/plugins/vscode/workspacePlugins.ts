import * as vscode from 'vscode';
import {
  type Disposable,
  DisposableStore,
  type Event,
  type Logger,
  SerialQueue,
} from '../../../base';
import type { CatalogService, ProblemSourcesExtensionPoint } from '../../../api';
import type { FileChange, FileSystem } from '../../../platform/core/ports';
import { workspaceFolderUris } from '../../../platform/vscode/convert';
import { mayCause, onDidGrantTrust } from '../../../platform/vscode/trust';
import type { CodePlugins, CodePluginsDeps } from './codePlugins';
import { declaringExtensions } from './declaringExtensions';
import { mayDeclarePlugins, type PluginHost, touchesDeclaration } from '../core';
import type { DeclarativePlugins } from '../core/declarative';

export interface WorkspacePluginsDeps extends Pick<CodePluginsDeps, 'exports' | 'importModule'> {
  readonly host: PluginHost;
  /** The catalog without problems of plugins, which would change with each of them. */
  readonly engine: CatalogService;
  readonly problems: ProblemSourcesExtensionPoint;
  readonly fileSystem: FileSystem;
  readonly changes: readonly Event<readonly FileChange[]>[];
  readonly logger: Logger;
}

/**
 * Runs the plugins without code of the workspace, of the packages that it names, and of installed
 * extensions, and the code that installed extensions declare. Callboard's part is loaded only if there are any.
 */
export function runWorkspacePlugins(deps: WorkspacePluginsDeps): Disposable {
  const { host, engine, problems, fileSystem, changes, logger } = deps;
  const store = new DisposableStore();
  const queue = new SerialQueue();
  let running: DeclarativePlugins | undefined;
  let code: CodePlugins | undefined;
  let known: readonly string[] | undefined;
  const roots = (): readonly string[] => workspaceFolderUris();
  const update = async (): Promise<void> => {
    const extensions = declaringExtensions();
    const folders = extensions.map(({ folder }) => folder);
    // The catalog reads the layers of extensions at start.
    if (known && known.join(' ') !== folders.join(' ')) void engine.refresh();
    known = folders;
    if (!running && !folders.length && !(await mayDeclarePlugins(roots(), fileSystem))) return;
    if (store.isDisposed) return;
    if (!running) {
      const [{ DeclarativePlugins }, { CodePlugins }] = await Promise.all([
        import('../core/declarative'),
        import('./codePlugins'),
      ]);
      if (store.isDisposed) return;
      code = store.add(new CodePlugins({ ...deps, catalog: engine }));
      running = store.add(
        new DeclarativePlugins({
          host,
          catalog: engine,
          fileSystem,
          logger,
          isTrusted: () => mayCause('pluginCommands'),
          runCommand: (command, entityRef) => vscode.commands.executeCommand(command, entityRef),
          translate: vscode.l10n.t,
        }),
      );
      store.add(problems.addProblemSource(running));
    }
    await running.setPlaces({ roots: roots(), folders });
    code?.update(running.plugins, extensions);
  };
  const updateSoon = (): void => {
    queue.run(update).catch((error: unknown) => logger.error("Can't load plugins", error));
  };
  for (const onDidChange of changes) {
    store.add(
      onDidChange(events => {
        if (running) {
          running
            .applyChanges(events)
            .catch((error: unknown) => logger.error("Can't update plugins", error));
        } else if (events.some(({ uri }) => touchesDeclaration(roots(), uri))) updateSoon();
      }),
    );
  }
  store.add(vscode.workspace.onDidChangeWorkspaceFolders(updateSoon));
  store.add(vscode.extensions.onDidChange(updateSoon));
  store.add(onDidGrantTrust(() => running?.trustChanged()));
  updateSoon();
  return store;
}
