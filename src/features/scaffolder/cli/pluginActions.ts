import type { ScaffolderAction } from '../../../api';
import { type Disposable, DisposableStore } from '../../../base';
import { openPlugins } from '../../../cli/catalog/openPlugins';
import type { CommandContext } from '../../../cli/command';
import { terminalLogger, warn } from '../../../cli/terminal';
import { CatalogEngine } from '../../catalog/core';

/** Actions of templates that run in the threads of their plugins. */
export interface PluginActions extends Disposable {
  readonly actions: readonly ScaffolderAction[];
}

/**
 * Starts the plugins whose code may run, for their actions: those of `--plugin`, and with `--trust-plugins` those that
 * folders name. The first action with an id wins.
 *
 * @param roots - URIs of folders
 * @param catalog - the catalog of the plugins; default: an empty one
 * @throws UsageError if there is no plugin in a place of `--plugin`
 */
export async function openPluginActions(
  roots: readonly string[],
  context: CommandContext,
  catalog?: CatalogEngine,
): Promise<PluginActions> {
  const { plugins: named = [], trustsPlugins = false, startPlugin } = context;
  const store = new DisposableStore();
  const actions = new Map<string, ScaffolderAction>();
  const result = (): PluginActions => ({
    actions: [...actions.values()],
    dispose: () => store.dispose(),
  });
  if (!startPlugin || (!named.length && !trustsPlugins)) return result();
  const { fileSystem, clock, terminal } = context;
  const logger = terminalLogger(terminal);
  try {
    const engine = catalog ?? store.add(new CatalogEngine({ fileSystem, clock, logger }));
    const plugins = await openPlugins(engine, roots, context);
    if (plugins) store.add(plugins);
    for (const thread of plugins?.code?.threads ?? []) {
      for (const action of thread.actions) {
        if (!actions.has(action.id)) actions.set(action.id, action);
        else warn(terminal, `Plugin "${thread.id}": there are two actions "${action.id}"`);
      }
    }
    return result();
  } catch (error) {
    store.dispose();
    throw error;
  }
}
