import { english, type Logger, silentLogger } from '../../src/base';
import { PluginFailures } from '../../src/features/plugins/core';
import type { CardLoaderDeps } from '../../src/features/portal/core';

/** Dependencies of pages for cards, all from the plugin `todo`. */
export function cardDeps(logger: Logger = silentLogger): CardLoaderDeps {
  const pluginOf = (): string => 'todo';
  const failures = new PluginFailures({ logger, pluginOf });
  return { failures, pluginOf, translate: english };
}
