import { joinUri } from '../../../../base';
import type { JsonObject, Problem } from '../../../../model';
import type { FileSystem } from '../../../../platform/core/ports';
import type { PluginChoices } from '../permissions/pluginChoices';
import { readActionSchema } from './actionSchema';
import { type DeclaredPlugin, PluginFiles } from './pluginFiles';

/** Layers that a plugin declares. */
export interface PluginLayers {
  /** URI of the folder that the patterns are relative to. */
  readonly folder: string;
  /** Paths or globs. */
  readonly patterns: readonly string[];
}

/** An action of software templates that a plugin describes. */
export interface DescribedAction {
  readonly id: string;
  /** Markdown. */
  readonly description?: string | undefined;
  /** JSON schema of the input; undefined if any is valid. */
  readonly input?: JsonObject | undefined;
}

/** Additions of plugins to the model: layers, and actions of templates. */
export interface FoundPluginLayers {
  readonly plugins: readonly PluginLayers[];
  readonly actions: readonly DescribedAction[];
  /** Reads the folders, some of which may be in archives. */
  readonly fileSystem: FileSystem;
  /** URIs of files whose changes can change the layers or actions. */
  readonly dependencies: Iterable<string>;
  /** Problems of the declarations. */
  readonly problems: readonly Problem[];
  /** The folders that the user named in which no plugin was found. */
  readonly missing: readonly string[];
}

/** Where to find plugins with layers or actions. */
export interface PluginLayersDeps {
  /** URIs of the folders of extensions, and of others that the user names. */
  readonly folders: readonly string[];
  readonly fileSystem: FileSystem;
  /** Loads the user's decisions; without them, no plugin is disabled. */
  readonly loadChoices?: (() => Promise<Pick<PluginChoices, 'isDisabled'>>) | undefined;
}

/** Reads the declarations of plugins for `findPluginLayers`. */
export async function readPluginLayers(
  roots: readonly string[],
  { folders, fileSystem, loadChoices }: PluginLayersDeps,
): Promise<FoundPluginLayers> {
  const files = new PluginFiles(fileSystem);
  for (const root of roots) await files.readRoot(root);
  const missing: string[] = [];
  for (const folder of folders) {
    if (!(await files.readFolder(folder, 'extension'))) missing.push(folder);
  }
  const ids = new Set<string>();
  const found = files.plugins.filter(({ declaration: { id, model = [], actions = [] } }) => {
    const isFirst = !ids.has(id);
    ids.add(id);
    return isFirst && (model.length > 0 || actions.length > 0);
  });
  const choices = found.length > 0 ? await loadChoices?.() : undefined;
  const enabled = found.filter(
    ({ declaration: { id }, origin }) => !choices?.isDisabled({ id, origin, extension: undefined }),
  );
  const plugins = enabled.flatMap(({ declaration: { model = [] }, folder }) =>
    model.length ? [{ folder, patterns: model }] : [],
  );
  const actions = new Map<string, DescribedAction>();
  for (const plugin of enabled) {
    for (const action of await describedActions(plugin, fileSystem)) {
      if (!actions.has(action.id)) actions.set(action.id, action);
    }
  }
  const { dependencies, problems } = files;
  return { plugins, actions: [...actions.values()], fileSystem, dependencies, problems, missing };
}

/** Maximum number of actions of a plugin. */
const MAX_ACTIONS = 200;

/** Returns the actions of a plugin. `PluginFiles` reports schemas that can't be used; any input is valid then. */
async function describedActions(
  { declaration: { actions = [] }, folder }: DeclaredPlugin,
  fileSystem: FileSystem,
): Promise<readonly DescribedAction[]> {
  const described: DescribedAction[] = [];
  for (const { id, description, schema } of actions.slice(0, MAX_ACTIONS)) {
    const input =
      schema === undefined
        ? undefined
        : await readActionSchema(joinUri(folder, schema), folder, fileSystem);
    described.push({ id, description, ...(input?.ok && { input: input.value }) });
  }
  return described;
}
