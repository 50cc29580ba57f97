import { english, type Logger, silentLogger } from '../../src/base';
import { PluginFailures } from '../../src/features/plugins/core';
import type { CardLoaderDeps } from '../../src/features/portal/core';

/** What pages need for cards, all of which are of the plugin `todo`. */
export function cardDeps(logger: Logger = silentLogger): CardLoaderDeps {
  const pluginOf = (): string => 'todo';
  const failures = new PluginFailures({ logger, pluginOf });
  return { failures, pluginOf, translate: english };
}
