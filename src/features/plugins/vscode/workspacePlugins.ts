import * as vscode from 'vscode';
import {
  type Disposable,
  DisposableStore,
  type Event,
  isRecord,
  type Logger,
  SerialQueue,
} from '../../../base';
import type { CatalogService, ProblemSourcesExtensionPoint } from '../../../api';
import type { FileChange, FileSystem } from '../../../platform/core/ports';
import { fromUri } from '../../../platform/vscode/convert';
import { mayCause, onDidGrantTrust } from '../../../platform/vscode/trust';
import {
  mayDeclarePlugins,
  type PluginHost,
  type PluginPlace,
  readCapabilities,
  touchesDeclaration,
} from '../core';
import type { DeclarativePlugins } from '../core/declarative';

export interface WorkspacePluginsDeps {
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
 * extensions. Their code is loaded only if there are any.
 */
export function runWorkspacePlugins(deps: WorkspacePluginsDeps): Disposable {
  const { host, engine, problems, fileSystem, changes, logger } = deps;
  const store = new DisposableStore();
  const queue = new SerialQueue();
  let running: DeclarativePlugins | undefined;
  const roots = (): readonly string[] =>
    (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => fromUri(uri));
  const update = async (): Promise<void> => {
    const folders = extensionFolders();
    if (!running && !folders.length && !(await mayDeclarePlugins(roots(), fileSystem))) return;
    if (store.isDisposed) return;
    if (!running) {
      const { DeclarativePlugins } = await import('../core/declarative');
      if (store.isDisposed) return;
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

/** Returns the manifest of an extension that registers a plugin, and the capabilities in it. */
export function placeOfExtension(id: string): PluginPlace {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) return { extension: id };
  const declared = declarationOf(extension);
  return {
    extension: extension.id,
    manifest: fromUri(vscode.Uri.joinPath(extension.extensionUri, 'package.json')),
    capabilities: readCapabilities(isRecord(declared) ? declared['capabilities'] : undefined),
  };
}

function declarationOf({ packageJSON }: vscode.Extension<unknown>): unknown {
  const manifest: unknown = packageJSON;
  const contributes = isRecord(manifest) ? manifest['contributes'] : undefined;
  return isRecord(contributes) ? contributes['callboard'] : undefined;
}

/** Returns the folders of extensions that declare a plugin in their manifest. */
function extensionFolders(): readonly string[] {
  return vscode.extensions.all.flatMap(extension =>
    declarationOf(extension) === undefined ? [] : [fromUri(extension.extensionUri)],
  );
}
