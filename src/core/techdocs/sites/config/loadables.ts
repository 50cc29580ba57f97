import type { JsonValue } from '../../../../model';
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

/** A plugin of MkDocs that is switched on. */
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

/** What has an effect here, and what is known to have none on what pages say and how they hang together. */
const KNOWN_PLUGINS: ReadonlySet<string> = new Set([
  ...['techdocs-core', 'monorepo', 'search', 'redirects', 'exclude', 'awesome-pages'],
  ...['gh-admonitions', 'material/search', 'material/tags', 'tags', 'git-revision-date-localized'],
  ...['git-revision-date', 'git-authors', 'git-committers', 'minify', 'mermaid2', 'glightbox'],
  ...['offline', 'privacy', 'social', 'meta'],
]);

/**
 * Those that are on, in their order. Without any, `search` is.
 *
 * Source: `Plugins` of `mkdocs.config.config_options`; `enabled` of MkDocs 1.6.
 */
export function readPlugins(map: ConfigMap, problems: SiteProblems): readonly SitePlugin[] {
  const node = childOf(map, 'plugins');
  if (!node || isAbsent(node)) {
    return [{ name: 'search', options: undefined, place: map.place }];
  }
  const plugins: SitePlugin[] = [];
  for (const { name, options, place } of loadables(node, 'plugins', problems)) {
    if (options && !isAbsent(options) && options.type !== 'map') {
      const message = `Config value 'plugins': Invalid config options for the '${name}' plugin.`;
      problems.add('mkdocs-invalid', message, { place });
    }
    if (!isKnownPlugin(name)) {
      const message = `The plugin "${name}" is not known here: what it does to the site is not shown`;
      problems.add('unknown-docs-plugin', message, { place });
    }
    const own = mapOf(options);
    if (booleanOf(childOf(own, 'enabled')) !== false) plugins.push({ name, options: own, place });
  }
  return plugins;
}

function isKnownPlugin(name: string): boolean {
  return KNOWN_PLUGINS.has(name.replace(/^\//, ''));
}

/** MkDocs loads these whatever is written. */
const BUILT_IN = ['toc', 'tables', 'fenced_code'];

/** Source: `MarkdownExtensions` of `mkdocs.config.config_options`. */
export function readExtensions(
  map: ConfigMap,
  problems: SiteProblems,
): ReadonlyMap<string, JsonValue> {
  const extensions = new Map<string, JsonValue>(BUILT_IN.map(name => [name, {}]));
  const node = childOf(map, 'markdown_extensions');
  if (!node || isAbsent(node)) return extensions;
  for (const { name, options, place } of loadables(node, 'markdown_extensions', problems)) {
    if (options && !isAbsent(options) && options.type !== 'map') {
      const message = `Config value 'markdown_extensions': Invalid config options for Markdown Extension '${name}'.`;
      problems.add('mkdocs-invalid', message, { place });
    }
    if (!isKnownExtension(name)) {
      const message = `The Markdown extension "${name}" is not known here: what it makes of a page is not shown`;
      problems.add('unknown-docs-extension', message, { place });
    }
    const own = plainValue(mapOf(options));
    extensions.set(name, own ?? extensions.get(name) ?? {});
  }
  return extensions;
}

interface Loadable {
  readonly name: string;
  readonly options: ConfigNode | undefined;
  readonly place: ConfigPlace;
}

/** A list of names and of maps with one name each, or a map of names. */
function loadables(node: ConfigNode, key: string, problems: SiteProblems): readonly Loadable[] {
  const invalid = (place: ConfigPlace): readonly Loadable[] => {
    problems.add('mkdocs-invalid', `Config value '${key}': Invalid configuration`, { place });
    return [];
  };
  const ofMap = (map: ConfigMap): readonly Loadable[] =>
    [...map.entries].map(([name, { key: place, value }]) => ({ name, options: value, place }));
  if (node.type === 'map') return ofMap(node);
  if (node.type !== 'list') return invalid(node.place);
  return node.items.flatMap(item => {
    const name = stringOf(item);
    if (name !== undefined) return [{ name, options: undefined, place: item.place }];
    if (item.type !== 'map') return invalid(item.place);
    if (item.entries.size !== 1) invalid(item.place);
    return ofMap(item);
  });
}
