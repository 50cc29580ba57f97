import type { JsonValue } from '../../../../../model';
import { isKnownExtension } from '../../markdown/config';
import type { SiteProblems } from '../siteProblems';
import {
  booleanOf,
  childOf,
  type ConfigMap,
  type ConfigNode,
  type ConfigPlace,
  isAbsent,
  mapOf,
  plainValue,
  stringOf,
} from './configNode';

/** An enabled MkDocs plugin. */
export interface SitePlugin {
  readonly name: string;
  readonly options: ConfigMap | undefined;
  readonly place: ConfigPlace;
}

export function pluginOf(
  { plugins }: { readonly plugins: readonly SitePlugin[] },
  wanted: string,
): SitePlugin | undefined {
  return plugins.find(({ name }) => name === wanted);
}

/** Supported plugins, and those that don't affect the text and structure of pages. */
const KNOWN_PLUGINS: ReadonlySet<string> = new Set([
  'techdocs-core',
  'monorepo',
  'search',
  'redirects',
  'exclude',
  'awesome-pages',
  'gh-admonitions',
  'material/search',
  'material/tags',
  'tags',
  'git-revision-date-localized',
  'git-revision-date',
  'git-authors',
  'git-committers',
  'minify',
  'mermaid2',
  'glightbox',
  'offline',
  'privacy',
  'social',
  'meta',
]);

/**
 * Returns the enabled plugins in order. Defaults to `search`.
 *
 * Source: `Plugins` of `mkdocs.config.config_options`; `enabled` of MkDocs 1.6.
 */
export function readPlugins(map: ConfigMap, problems: SiteProblems): readonly SitePlugin[] {
  const node = childOf(map, 'plugins');
  if (!node || isAbsent(node)) {
    return [{ name: 'search', options: undefined, place: map.place }];
  }
  const plugins: SitePlugin[] = [];
  const describe = (name: string): string => `the '${name}' plugin`;
  for (const { name, options, place } of loadables(node, 'plugins', describe, problems)) {
    if (!isKnownPlugin(name)) {
      const message = `The plugin "${name}" isn't supported and is ignored`;
      problems.add('unknown-docs-plugin', message, { place });
    }
    if (booleanOf(childOf(options, 'enabled')) !== false) plugins.push({ name, options, place });
  }
  return plugins;
}

function isKnownPlugin(name: string): boolean {
  return KNOWN_PLUGINS.has(name.replace(/^\//, ''));
}

/** Extensions that MkDocs always loads. */
const BUILT_IN = ['toc', 'tables', 'fenced_code'];

/** Source: `MarkdownExtensions` of `mkdocs.config.config_options`. */
export function readExtensions(
  map: ConfigMap,
  problems: SiteProblems,
): ReadonlyMap<string, JsonValue> {
  const extensions = new Map<string, JsonValue>(BUILT_IN.map(name => [name, {}]));
  const key = 'markdown_extensions';
  const node = childOf(map, key);
  if (!node || isAbsent(node)) return extensions;
  const describe = (name: string): string => `Markdown Extension '${name}'`;
  for (const { name, options, place } of loadables(node, key, describe, problems)) {
    if (!isKnownExtension(name)) {
      const message = `The Markdown extension "${name}" isn't supported and is ignored`;
      problems.add('unknown-docs-extension', message, { place });
    }
    extensions.set(name, plainValue(options) ?? extensions.get(name) ?? {});
  }
  return extensions;
}

/**
 * Reads a list of names or of maps with one name each, or a map by name.
 *
 * @param describe - names an item in MkDocs' words
 */
function* loadables(
  node: ConfigNode,
  key: string,
  describe: (name: string) => string,
  problems: SiteProblems,
): Iterable<SitePlugin> {
  const object = (what: string, place: ConfigPlace): void =>
    problems.add('mkdocs-invalid', `Config value '${key}': Invalid ${what}`, { place });
  const items = node.type === 'list' ? node.items : [node];
  for (const item of items) {
    const name = item === node ? undefined : stringOf(item);
    if (name !== undefined) yield { name, options: undefined, place: item.place };
    else if (item.type !== 'map') object('configuration', item.place);
    else {
      if (item !== node && item.entries.size !== 1) object('configuration', item.place);
      for (const [name, { key: place, value }] of item.entries) {
        const options = mapOf(value);
        if (!options && !isAbsent(value)) object(`config options for ${describe(name)}.`, place);
        yield { name, options, place };
      }
    }
  }
}
