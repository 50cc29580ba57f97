import { childOf, stringsOf } from '../config/configNode';
import { pluginOf } from '../config/loadables';
import type { SiteConfig } from '../config/siteConfig';
import { fnmatch, matcherOf, type TextMatcher } from '../python/globs';
import type { SiteProblems } from '../siteProblems';

/**
 * What the plugin `exclude` takes out, by path; undefined where it is not in use.
 *
 * Source: mkdocs-exclude.
 */
export function isLeftOutByPlugin(
  config: SiteConfig,
  problems: SiteProblems,
): TextMatcher | undefined {
  const plugin = pluginOf(config, 'exclude');
  if (!plugin) return undefined;
  const matchers: TextMatcher[] = [];
  const add = (key: string, read: (pattern: string) => TextMatcher): void => {
    for (const { text, place } of stringsOf(childOf(plugin.options, key))) {
      try {
        matchers.push(read(text));
      } catch {
        const message = `The pattern "${text}" of the plugin exclude is not understood here: nothing is left out by it`;
        problems.add('unknown-docs-plugin', message, { place });
      }
    }
  };
  add('glob', fnmatch);
  add('regex', pattern => matcherOf(`^(?:${pattern})`));
  return path => matchers.some(matches => matches(path));
}
