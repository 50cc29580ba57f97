import { type MeteredPattern, StepMeter } from '../../../../../platform/core/globs';
import { childOf, type ConfigPlace, stringsOf } from '../config/configNode';
import { pluginOf } from '../config/loadables';
import { fileStart } from '../config/loadConfig';
import type { SiteConfig } from '../config/siteConfig';
import { fnmatch, matcherOf, type TextMatcher } from '../python/globs';
import type { SiteProblems } from '../siteProblems';
import type { FoundFile } from './docsFolder';
import { selectFiles, type SiteFile } from './siteFile';

/** The files that a site consists of, by path, what plugins take out of it left out. */
export function selectSiteFiles(
  found: readonly FoundFile[],
  { config, problems }: { config: SiteConfig; problems: SiteProblems },
): ReadonlyMap<string, SiteFile> {
  const { files, conflicts } = selectFiles(found, config);
  const isLeftOut = isLeftOutByPlugin(config, problems);
  const uris = new Map(found.map(({ path, uri }) => [path, uri]));
  for (const { path, winner } of conflicts) {
    const message = `Excluding '${path}' from the site because it conflicts with '${winner}'.`;
    problems.add('page-conflict', message, { place: fileStart(uris.get(path) ?? config.file) });
  }
  return isLeftOut ? new Map([...files].filter(([path]) => !isLeftOut(path))) : files;
}

/**
 * What the plugin `exclude` takes out, by path; undefined where it is not in use.
 *
 * Source: mkdocs-exclude.
 */
function isLeftOutByPlugin(config: SiteConfig, problems: SiteProblems): TextMatcher | undefined {
  const plugin = pluginOf(config, 'exclude');
  if (!plugin) return undefined;
  const patterns: MeteredPattern[] = [];
  const places = new Map<string, ConfigPlace>();
  const giveUp = (text: string, reason: string): void => {
    const place = places.get(text) ?? plugin.place;
    const message = `The pattern "${text}" of the plugin exclude ${reason}: nothing is left out by it`;
    problems.add('unknown-docs-plugin', message, { place });
  };
  const add = (key: string, read: (pattern: string) => TextMatcher): void => {
    for (const { text, place } of stringsOf(childOf(plugin.options, key))) {
      places.set(text, place);
      try {
        patterns.push({ text, matches: read(text) });
      } catch {
        giveUp(text, 'is not understood here');
      }
    }
  };
  add('glob', fnmatch);
  add('regex', pattern => matcherOf(`^(?:${pattern})`));
  const meter = new StepMeter(text => giveUp(text, 'takes too long to match'));
  return path => patterns.some(pattern => meter.matches(pattern, path));
}
