import type { TechDocsContent } from '../../../../api';
import { ownValue } from '../../../../base';

type MarkdownExtensions = TechDocsContent['markdownExtensions'];

/**
 * Markdown extensions and their options by name, from `markdown_extensions` in mkdocs.yml, as plain
 * data. Python objects (`!!python/name:…`) are their names as strings.
 */
export type ExtensionConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Extensions that enable several others. */
const bundles: Readonly<Record<string, readonly string[]>> = {
  'pymdownx.extra': [
    'pymdownx.betterem',
    'pymdownx.superfences',
    'footnotes',
    'attr_list',
    'def_list',
    'tables',
    'abbr',
    'md_in_html',
  ],
  extra: ['fenced_code', 'footnotes', 'attr_list', 'def_list', 'tables', 'abbr', 'md_in_html'],
};

const known: ReadonlySet<string> = new Set([
  'abbr',
  'admonition',
  'attr_list',
  'def_list',
  'fenced_code',
  'footnotes',
  'gh_admonitions',
  'markdown_inline_graphviz',
  'md_in_html',
  'mdx_truly_sane_lists',
  'meta',
  'nl2br',
  'plantuml_markdown',
  'pymdownx.arithmatex',
  'pymdownx.betterem',
  'pymdownx.caret',
  'pymdownx.critic',
  'pymdownx.details',
  'pymdownx.emoji',
  'pymdownx.highlight',
  'pymdownx.inlinehilite',
  'pymdownx.keys',
  'pymdownx.magiclink',
  'pymdownx.mark',
  'pymdownx.smartsymbols',
  'pymdownx.snippets',
  'pymdownx.superfences',
  'pymdownx.tabbed',
  'pymdownx.tasklist',
  'pymdownx.tilde',
  'sane_lists',
  'tables',
  'toc',
]);

/** Whether Callboard supports an extension. */
export function isKnownExtension(written: string): boolean {
  const name = plainName(written);
  return known.has(name) || Object.hasOwn(bundles, name);
}

/** Removes the prefix of Python-Markdown's own extensions. */
function plainName(written: string): string {
  return written.replace(/^markdown\.extensions\./, '');
}

/**
 * Settings of techdocs-core 1.7 and MkDocs' built-in extensions. `gh_admonitions` is its plugin,
 * which 1.6 lacks.
 */
export const techdocsCoreExtensions: ExtensionConfig = {
  toc: { permalink: true },
  tables: {},
  fenced_code: {},
  gh_admonitions: {},
  admonition: {},
  'pymdownx.details': {},
  'pymdownx.tabbed': { alternate_style: true },
  'pymdownx.caret': {},
  'pymdownx.critic': {},
  'pymdownx.emoji': { emoji_generator: 'pymdownx.emoji.to_svg' },
  'pymdownx.inlinehilite': {},
  'pymdownx.magiclink': {},
  'pymdownx.mark': {},
  'pymdownx.smartsymbols': {},
  'pymdownx.snippets': { restrict_base_path: true },
  'pymdownx.highlight': { linenums: true, pygments_lang_class: true },
  'pymdownx.extra': { 'pymdownx.betterem': { smart_enable: 'all' } },
  'pymdownx.tasklist': { custom_checkbox: true },
  'pymdownx.tilde': {},
  markdown_inline_graphviz: {},
  plantuml_markdown: {},
  mdx_truly_sane_lists: { nested_indent: 2, truly_sane: true },
};

export const techDocsCoreVersions = ['1.6', '1.7'] as const;

/** Release of techdocs-core. */
export type TechDocsCoreVersion = (typeof techDocsCoreVersions)[number];

/** Reads a release of techdocs-core, such as the value of a setting; undefined for other values. */
export function readTechDocsCore(value: unknown): TechDocsCoreVersion | undefined {
  return techDocsCoreVersions.find(version => version === value);
}

/** The plugin for GitHub's alerts. */
const ALERTS = 'gh_admonitions';

/** Returns the extensions of a site for a release of techdocs-core: 1.6 has no alerts. Default: 1.7. */
export function extensionsForRelease(
  extensions: MarkdownExtensions,
  version: TechDocsCoreVersion | undefined,
): MarkdownExtensions {
  return version === '1.6' ? new Map([...extensions, [ALERTS, false]]) : extensions;
}

/**
 * Merges the extensions of a mkdocs.yml into those of techdocs-core: techdocs-core's come first,
 * and the site's options win. Options for members of `pymdownx.extra` are passed to it, where
 * techdocs-core's win; snippets stay below their base.
 */
export function techdocsExtensions(ofSite: ExtensionConfig): ExtensionConfig {
  const result: Record<string, Options> = { ...ofSite };
  for (const [name, options] of Object.entries(techdocsCoreExtensions)) {
    result[name] = { ...options, ...ofSite[name] };
  }
  const fences = ofSite['pymdownx.superfences'];
  result['pymdownx.extra'] = {
    ...ofSite['pymdownx.extra'],
    ...(fences && { 'pymdownx.superfences': fences }),
    ...techdocsCoreExtensions['pymdownx.extra'],
  };
  result['pymdownx.snippets'] = { ...ofSite['pymdownx.snippets'], restrict_base_path: true };
  return result;
}

/** Returns the extensions for the Markdown of a site. */
export function extensionsOf({
  markdownExtensions,
}: Pick<TechDocsContent, 'markdownExtensions'>): ExtensionConfig {
  let extensions = extensionsBySite.get(markdownExtensions);
  if (!extensions) {
    const ofSite = Array.from(
      markdownExtensions,
      ([name, options]) => [name, isOptions(options) ? options : {}] as const,
    );
    extensions = techdocsExtensions(Object.fromEntries(ofSite));
    if (markdownExtensions.get(ALERTS) === false) {
      const { [ALERTS]: _, ...others } = extensions;
      extensions = others;
    }
    extensionsBySite.set(markdownExtensions, extensions);
  }
  return extensions;
}

/** Cached, since all pages of a site share them. */
const extensionsBySite = new WeakMap<MarkdownExtensions, ExtensionConfig>();

export interface ListOptions {
  readonly nestedIndent: number;
  /** Whether items of one kind don't continue lists of the other. */
  readonly sane: boolean;
  /** Whether bullets after a blank line start a new list. */
  readonly separate: boolean;
  /** Whether a list keeps a first number other than 1. */
  readonly keepsStart: boolean;
}

export type Options = Readonly<Record<string, unknown>>;

/** Enabled extensions and their options. */
export class Extensions {
  readonly #options = new Map<string, Options>();
  /** Names of unsupported extensions. */
  readonly unknown: string[] = [];

  constructor(config: ExtensionConfig) {
    for (const [name, options] of Object.entries(config)) this.#add(name, options);
  }

  has(name: string): boolean {
    return this.#options.has(name);
  }

  option(extension: string, name: string): unknown {
    return this.#options.get(extension)?.[name];
  }

  flag(extension: string, name: string, fallback: boolean): boolean {
    const value = this.option(extension, name);
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return value !== 0;
    if (typeof value !== 'string') return fallback;
    return !/^(false|no|n|off|0|none)$/i.test(value);
  }

  text(extension: string, name: string, fallback: string): string {
    const value = this.option(extension, name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : fallback;
  }

  number(extension: string, name: string, fallback: number): number {
    const value = this.option(extension, name);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : fallback;
  }

  #add(written: string, options: Options): void {
    const name = plainName(written);
    const members = ownValue(bundles, name);
    if (members) {
      for (const member of members) {
        // Registering an extension again resets its options, like in Python-Markdown.
        const own = options[member] ?? options[`markdown.extensions.${member}`];
        this.#options.set(member, isOptions(own) ? own : {});
      }
    } else if (known.has(name)) {
      this.#options.set(name, options);
    } else if (!this.unknown.includes(written)) {
      this.unknown.push(written);
    }
  }
}

export const isOptions = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function listOptions(extensions: Extensions): ListOptions {
  if (extensions.has('mdx_truly_sane_lists')) {
    const indent = extensions.number('mdx_truly_sane_lists', 'nested_indent', 2);
    return {
      nestedIndent: Math.min(8, Math.max(1, Math.trunc(indent))),
      sane: true,
      separate: extensions.flag('mdx_truly_sane_lists', 'truly_sane', true),
      keepsStart: false,
    };
  }
  const sane = extensions.has('sane_lists');
  return { nestedIndent: 4, sane, separate: false, keepsStart: sane };
}
