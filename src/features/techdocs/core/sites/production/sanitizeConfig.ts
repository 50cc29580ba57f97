import { dirnameUri, isWithin, joinUri } from '../../../../../base';
import {
  type ConfigEntry,
  type ConfigList,
  type ConfigMap,
  type ConfigNode,
  type ConfigPlace,
  isAbsent,
  stringOf,
} from '../config/configNode';
import type { SiteProblems } from '../siteProblems';
import {
  type AllowLists,
  allowListsOf,
  type GeneratorOptions,
  isAllowedExtension,
  pluginGroups,
  pluginsOfCore,
  removedExtensionOptions,
  themeKeys,
} from './allowLists';

/**
 * Removes what TechDocs' generator removes from a `mkdocs.yml` before it runs MkDocs, and reports
 * it.
 *
 * Source: `sanitizeMkdocsYml` and `patchMkdocsYmlWithPlugins` of `@backstage/plugin-techdocs-node`
 * 2.3.0.
 */
export function sanitizeConfig(
  map: ConfigMap,
  options: GeneratorOptions,
  problems: SiteProblems,
): ConfigMap {
  return new ConfigSanitizer(map, options, problems).sanitize();
}

class ConfigSanitizer {
  #map: ConfigMap;
  #defaultPlugins: readonly string[];
  #lists: AllowLists;
  #problems: SiteProblems;
  /** Sanitized lists of plugins. Aliases can repeat a list in itself many times. */
  #plugins = new Map<ConfigNode, ConfigList>();

  constructor(map: ConfigMap, options: GeneratorOptions, problems: SiteProblems) {
    this.#map = map;
    this.#defaultPlugins = [...new Set([...options.defaultPlugins, 'techdocs-core'])];
    this.#lists = allowListsOf(options);
    this.#problems = problems;
  }

  sanitize(): ConfigMap {
    const entries = new Map<string, ConfigEntry>();
    for (const [key, { key: place, value }] of this.#map.entries) {
      if (this.#lists.keys.has(key)) {
        entries.set(key, { key: place, value: this.#value(key, value) });
      } else if (!isAbsent(value)) {
        this.#removed(`"${key}" from mkdocs.yml`, place, 'dangerouslyAllowAdditionalKeys');
      }
    }
    const plugins = this.#withDefaultPlugins(entries.get('plugins')?.value);
    entries.set('plugins', { key: plugins.place, value: plugins });
    return { ...this.#map, entries };
  }

  #value(key: string, value: ConfigNode): ConfigNode {
    if (key === 'plugins') return this.#pluginList(value);
    if (key === 'markdown_extensions') return this.#extensions(value);
    return key === 'theme' && value.type === 'map' ? this.#theme(value) : value;
  }

  #theme(theme: ConfigMap): ConfigMap {
    const entries = new Map<string, ConfigEntry>();
    for (const [key, entry] of theme.entries) {
      if (themeKeys.has(key)) entries.set(key, entry);
      else this.#removed(`"${key}" from theme`, entry.key);
    }
    return { ...theme, entries };
  }

  #withDefaultPlugins(node: ConfigNode | undefined): ConfigList {
    const { place } = node ?? this.#map;
    const items = node?.type === 'list' ? node.items : [];
    const names = new Set(items.flatMap(namesOf));
    const missing = this.#defaultPlugins.filter(name => !names.has(name));
    const added = missing.map(
      name => ({ type: 'scalar', place, value: name, text: name }) as const,
    );
    return { type: 'list', place, items: [...items, ...added] };
  }

  #pluginList(node: ConfigNode | undefined, place = this.#map.place): ConfigList {
    const known = node && this.#plugins.get(node);
    if (known) return known;
    const items = node && !node.tag ? itemsOf(node) : undefined;
    if (node?.tag) this.#removed(`plugins with the tag ${node.tag}`, node.place);
    else if (!items && !isAbsent(node)) this.#malformed('plugin', node?.place ?? place);
    const kept = (items ?? []).flatMap(item => this.#plugin(item));
    const list: ConfigList = { type: 'list', place: node?.place ?? place, items: kept };
    if (node) this.#plugins.set(node, list);
    return list;
  }

  #plugin(item: ConfigNode): readonly ConfigNode[] {
    if (item.tag) {
      this.#removed(`plugins with the tag ${item.tag}`, item.place);
      return [];
    }
    const [entry, ...others] = item.type === 'map' ? item.entries : [];
    const name = stringOf(item) ?? entry?.[0];
    const value = entry?.[1].value;
    const hasOptions = !value || (!value.tag && (value.type === 'map' || isAbsent(value)));
    if (name === undefined || (!entry && name === '') || others.length || !hasOptions) {
      this.#malformed('plugin', item.place);
      return [];
    }
    if (!this.#lists.plugins.has(name)) {
      // techdocs-core enables these itself.
      if (!pluginsOfCore.has(name)) {
        const place = entry?.[1].key ?? item.place;
        this.#removed(`the plugin "${name}"`, place, 'dangerouslyAllowAdditionalPlugins');
      }
      return [];
    }
    if (!pluginGroups.has(name) || !entry || value?.type !== 'map') return [item];
    const grouped = value.entries.get('plugins');
    const plugins = this.#pluginList(grouped?.value, value.place);
    const options = new Map(value.entries);
    options.set('plugins', { key: grouped?.key ?? value.place, value: plugins });
    return [mapOfOne(name, { ...entry[1], value: { ...value, entries: options } }, item.place)];
  }

  #extensions(node: ConfigNode): ConfigNode {
    const none: ConfigList = { type: 'list', place: node.place, items: [] };
    if (node.tag) {
      this.#removed(`Markdown extensions with the tag ${node.tag}`, node.place);
      return none;
    }
    const items = itemsOf(node);
    if (!items) {
      if (!isAbsent(node)) this.#malformed('Markdown extension', node.place);
      return none;
    }
    const kept = items.flatMap(item => this.#extension(item));
    if (node.type !== 'map') return { ...none, items: kept };
    const entries = kept.flatMap(item => (item.type === 'map' ? [...item.entries] : []));
    return { ...node, entries: new Map(entries) };
  }

  #extension(item: ConfigNode): readonly ConfigNode[] {
    if (item.tag) {
      this.#removed(`Markdown extensions with the tag ${item.tag}`, item.place);
      return [];
    }
    const name = stringOf(item);
    if (name !== undefined) return this.#isKeptExtension(name, item.place) ? [item] : [];
    if (item.type !== 'map') {
      this.#malformed('Markdown extension', item.place);
      return [];
    }
    const dangerous = [...item.entries].filter(([key]) => key.includes(':') && !isSnippets(key));
    for (const [key, entry] of dangerous) this.#isKeptExtension(key, entry.key);
    if (dangerous.length) return [];
    const entries = new Map<string, ConfigEntry>();
    for (const [key, entry] of item.entries) {
      if (!this.#isKeptExtension(key, entry.key)) continue;
      if (entry.value.tag) {
        this.#removed(`the Markdown extension "${key}", which has a YAML tag`, entry.value.place);
      } else entries.set(key, { ...entry, value: this.#extensionOptions(key, entry) });
    }
    return entries.size ? [{ ...item, entries }] : [];
  }

  #isKeptExtension(name: string, place: ConfigPlace): boolean {
    if (isSnippets(name)) return true;
    const isNamed = !name.includes(':');
    if (isNamed && isAllowedExtension(name, this.#lists)) return true;
    const setting = isNamed ? 'dangerouslyAllowAdditionalExtensions' : undefined;
    this.#removed(`the Markdown extension "${name}"`, place, setting);
    return false;
  }

  #extensionOptions(name: string, { key: place, value }: ConfigEntry): ConfigNode {
    if (isSnippets(name)) {
      const isEmpty = isAbsent(value) || (value.type !== 'scalar' && !sizeOf(value));
      if (!isEmpty) this.#removed(`the options of ${name}`, place);
      return { type: 'map', place: value.place, entries: new Map() };
    }
    if (value.type !== 'map') return value;
    const entries = new Map(value.entries);
    for (const key of removedExtensionOptions) {
      const removed = entries.get(key);
      if (!removed) continue;
      entries.delete(key);
      this.#removed(`"${key}" from ${name}`, removed.key);
    }
    this.#removeCustomIcons(entries);
    return { ...value, entries };
  }

  #removeCustomIcons(entries: Map<string, ConfigEntry>): void {
    const options = entries.get('options');
    if (!options) return;
    if (options.value.tag) {
      entries.delete('options');
      this.#removed(`options with the tag ${options.value.tag}`, options.key);
      return;
    }
    const icons =
      options.value.type === 'map' ? options.value.entries.get('custom_icons') : undefined;
    if (!icons || options.value.type !== 'map' || this.#isConfined(icons.value)) return;
    const rest = new Map(options.value.entries);
    rest.delete('custom_icons');
    entries.set('options', { ...options, value: { ...options.value, entries: rest } });
    const what = '"custom_icons", which must be a list of paths inside the folder of mkdocs.yml';
    this.#removed(what, icons.key);
  }

  #isConfined(node: ConfigNode): boolean {
    if (node.type !== 'list') return false;
    const folder = dirnameUri(this.#map.place.file);
    return node.items.every(item => {
      const path = stringOf(item);
      if (path === undefined || path.startsWith('/')) return false;
      return isWithin(folder, joinUri(folder, path));
    });
  }

  #malformed(what: string, place: ConfigPlace): void {
    this.#removed(`this ${what}, because its declaration is malformed`, place);
  }

  #removed(what: string, place: ConfigPlace, setting?: string): void {
    const hint = setting
      ? ` To keep it, add it to techdocs.generator.mkdocs.${setting} of the app-config.`
      : '';
    this.#problems.add('docs-config-removed', `TechDocs removes ${what}.${hint}`, { place });
  }
}

/** Returns the items of a list, or a map's entries as maps of one; undefined for other values. */
function itemsOf(node: ConfigNode): readonly ConfigNode[] | undefined {
  if (node.type === 'list') return node.items;
  if (node.type !== 'map') return undefined;
  return Array.from(node.entries, ([name, entry]) => mapOfOne(name, entry, entry.key));
}

function mapOfOne(name: string, entry: ConfigEntry, place: ConfigPlace): ConfigMap {
  return { type: 'map', place, entries: new Map([[name, entry]]) };
}

function namesOf(item: ConfigNode): readonly string[] {
  const name = stringOf(item);
  if (name !== undefined) return [name];
  return item.type === 'map' ? [...item.entries.keys()] : [];
}

function sizeOf(node: ConfigMap | ConfigList): number {
  return node.type === 'map' ? node.entries.size : node.items.length;
}

function isSnippets(name: string): boolean {
  return name === 'pymdownx.snippets' || name === 'pymdownx.snippets:SnippetExtension';
}
