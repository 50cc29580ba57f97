import { english, type Logger, silentLogger } from '../../src/base';
import { PluginFailures } from '../../src/core/plugins';
import type { CardLoaderDeps } from '../../src/core/portal';

/** What pages need for cards, all of which are of the plugin `todo`. */
export function cardDeps(logger: Logger = silentLogger): CardLoaderDeps {
  const pluginOf = (): string => 'todo';
  const failures = new PluginFailures({ logger, pluginOf });
  return { failures, pluginOf, translate: english };
}
