import { type MeteredPattern, StepMeter } from '../../../../../platform/core/globs';
import { childOf, type ConfigPlace, stringsOf } from '../config/configNode';
import { pluginOf } from '../config/loadables';
import { fileStart } from '../config/loadConfig';
import type { SiteConfig } from '../config/siteConfig';
import { fnmatch, matcherOf, type TextMatcher } from '../python/globs';
import { folderOf } from '../python/texts';
import type { SiteProblems } from '../siteProblems';
import type { FoundFile } from './docsFolder';
import { DEFAULT_EXCLUDES, matchesSpec } from './pathSpec';
import { type Inclusion, inPageOrder, isIncluded, type SiteFile, siteFile } from './siteFile';

/**
 * Returns the files of a site by path, without those excluded by plugins, in MkDocs' order: files
 * of a folder before its subfolders, an index first.
 *
 * Source: `get_files` and `set_exclusions` of `mkdocs.structure.files`.
 *
 * @param found - in any order
 */
export function selectSiteFiles(
  found: readonly FoundFile[],
  { config, problems }: { config: SiteConfig; problems: SiteProblems },
): ReadonlyMap<string, SiteFile> {
  const { useDirectoryUrls, exclude, drafts, notInNav } = config;
  const excluded = [...DEFAULT_EXCLUDES, ...exclude];
  const inclusionOf = (path: string): Inclusion => {
    if (matchesSpec(path, excluded)) return 'excluded';
    if (matchesSpec(path, drafts)) return 'draft';
    return matchesSpec(path, notInNav) ? 'notInNav' : 'included';
  };
  const files = new Map<string, SiteFile>();
  const byTarget = new Map<string, SiteFile>();
  const conflicts: { readonly other: SiteFile; readonly winner: string }[] = [];
  for (const entry of found.toSorted(inPageOrder)) {
    const file = siteFile(entry, { useDirectoryUrls, inclusion: inclusionOf(entry.path) });
    files.set(file.path, file);
    // Only within a folder: MkDocs allows `a.md` and `a/index.md` with the same target.
    const key = `${folderOf(file.path)}\n${file.target}`;
    const other = byTarget.get(key);
    if (!other) {
      byTarget.set(key, file);
      continue;
    }
    // A README next to an index.
    const isReplacing = isIncluded(file);
    if (isReplacing && isIncluded(other)) conflicts.push({ other, winner: file.path });
    files.delete(isReplacing ? other.path : file.path);
  }
  const isLeftOut = pluginExcludes(config, problems);
  for (const { other, winner } of conflicts) {
    const message = `Excluding '${other.path}' from the site because it conflicts with '${winner}'.`;
    problems.add('page-conflict', message, { place: fileStart(other.uri) });
  }
  return isLeftOut ? new Map([...files].filter(([path]) => !isLeftOut(path))) : files;
}

/**
 * Matches paths that the `exclude` plugin removes; undefined if it isn't enabled.
 *
 * Source: mkdocs-exclude.
 */
function pluginExcludes(config: SiteConfig, problems: SiteProblems): TextMatcher | undefined {
  const plugin = pluginOf(config, 'exclude');
  if (!plugin) return undefined;
  const patterns: MeteredPattern[] = [];
  const places = new Map<string, ConfigPlace>();
  const dropPattern = (text: string, reason: string): void => {
    const place = places.get(text) ?? plugin.place;
    const message = `The pattern "${text}" of the plugin exclude ${reason} and is ignored`;
    problems.add('unknown-docs-plugin', message, { place });
  };
  const add = (key: string, read: (pattern: string) => TextMatcher): void => {
    for (const { text, place } of stringsOf(childOf(plugin.options, key))) {
      places.set(text, place);
      try {
        patterns.push({ text, matches: read(text) });
      } catch {
        // Reported as a problem at the pattern.
        dropPattern(text, "isn't valid");
      }
    }
  };
  add('glob', fnmatch);
  add('regex', pattern => matcherOf(`^(?:${pattern})`));
  const meter = new StepMeter(text => dropPattern(text, 'takes too long to match'));
  return path => patterns.some(pattern => meter.matches(pattern, path));
}
