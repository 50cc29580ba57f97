/** Settings of TechDocs' generator that widen its allow-lists: `techdocs.generator.mkdocs` of an app-config. */
export interface GeneratorOptions {
  /** Plugins that are allowed, and added to sites that don't have them. */
  readonly defaultPlugins: readonly string[];
  readonly additionalKeys: readonly string[];
  readonly additionalPlugins: readonly string[];
  readonly additionalExtensions: readonly string[];
}

/** Returns the generator's options; undefined if configs apply as in MkDocs. */
export type ReadGeneratorOptions = () => Promise<GeneratorOptions | undefined>;

export const defaultGeneratorOptions: GeneratorOptions = {
  defaultPlugins: [],
  additionalKeys: [],
  additionalPlugins: [],
  additionalExtensions: [],
};

/** Parts of a `mkdocs.yml` that TechDocs keeps. */
export interface AllowLists {
  readonly keys: ReadonlySet<string>;
  readonly plugins: ReadonlySet<string>;
  /** Without the prefix `markdown.extensions.`. */
  readonly extensions: ReadonlySet<string>;
}

/**
 * Returns the allow-lists of TechDocs' generator.
 *
 * Source: `stages/generate` of `@backstage/plugin-techdocs-node` 2.3.0.
 */
export function allowListsOf(options: GeneratorOptions): AllowLists {
  const { defaultPlugins, additionalKeys, additionalPlugins, additionalExtensions } = options;
  return {
    keys: new Set([...KEYS, ...additionalKeys]),
    plugins: new Set([...PLUGINS, ...additionalPlugins, ...defaultPlugins]),
    extensions: new Set([...EXTENSIONS, ...additionalExtensions]),
  };
}

/** Source: `ALLOWED_MKDOCS_KEYS`. */
const KEYS = [
  'site_name',
  'site_url',
  'site_description',
  'site_author',
  'repo_url',
  'repo_name',
  'edit_uri',
  'edit_uri_template',
  'docs_dir',
  'site_dir',
  'nav',
  'exclude_docs',
  'not_in_nav',
  'theme',
  'plugins',
  'markdown_extensions',
  'extra',
  'extra_css',
  'use_directory_urls',
  'strict',
  'dev_addr',
  'watch',
  'copyright',
  'remote_branch',
  'remote_name',
  'validation',
  'google_analytics',
];

/** Source: `DEFAULT_ALLOWED_MKDOCS_PLUGINS`. */
const PLUGINS = [
  'techdocs-core',
  'search',
  'material/search',
  'redirects',
  'group',
  'material/group',
];

/** Plugins whose option `plugins` is sanitized, too. */
export const pluginGroups: ReadonlySet<string> = new Set(['group', 'material/group']);

/** Plugins that techdocs-core enables itself, so that removing them changes nothing. */
export const pluginsOfCore: ReadonlySet<string> = new Set(['monorepo', 'gh-admonitions']);

/** Source: `DEFAULT_ALLOWED_EXTENSIONS`. */
const EXTENSIONS = [
  'abbr',
  'admonition',
  'attr_list',
  'codehilite',
  'def_list',
  'extra',
  'fenced_code',
  'footnotes',
  'legacy_attrs',
  'legacy_em',
  'md_in_html',
  'meta',
  'nl2br',
  'sane_lists',
  'smarty',
  'tables',
  'toc',
  'wikilinks',
  'markdown_inline_graphviz',
  'mdx_truly_sane_lists',
  'plantuml_markdown',
  'plantuml-markdown',
  'zensical.extensions.autorefs',
  'zensical.extensions.context',
  'zensical.extensions.emoji',
  'zensical.extensions.glightbox',
  'zensical.extensions.links',
];

/** Whether the generator keeps an extension. All of PyMdown Extensions are allowed. */
export function isAllowedExtension(name: string, { extensions }: AllowLists): boolean {
  const prefix = 'markdown.extensions.';
  const short = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return extensions.has(short) || short.startsWith('pymdownx.');
}

/** Options of extensions that run programs. Source: `DANGEROUS_EXTENSION_CONFIG_KEYS`. */
export const removedExtensionOptions = ['plantuml_cmd'];

/** Source: `ALLOWED_THEME_KEYS`. */
export const themeKeys: ReadonlySet<string> = new Set([
  'name',
  'font',
  'icon',
  'logo',
  'favicon',
  'language',
  'direction',
  'palette',
  'features',
]);

/** Without the prefix of all Python tags. Source: `ALLOWED_PYTHON_YAML_TAGS`. */
const PYTHON_TAGS: ReadonlySet<string> = new Set([
  'name:pymdownx.emoji.emojione',
  'name:pymdownx.emoji.gemoji',
  'name:pymdownx.emoji.twemoji',
  'name:materialx.emoji.twemoji',
  'name:material.extensions.emoji.twemoji',
  'name:pymdownx.emoji.to_alt',
  'name:pymdownx.emoji.to_png',
  'name:pymdownx.emoji.to_png_sprite',
  'name:pymdownx.emoji.to_svg',
  'name:pymdownx.emoji.to_svg_sprite',
  'name:materialx.emoji.to_svg',
  'name:material.extensions.emoji.to_svg',
  'name:pymdownx.superfences.fence_code_format',
  'name:pymdownx.superfences.fence_div_format',
  'name:mermaid2.fence_mermaid',
  'name:mermaid2.fence_mermaid_custom',
  'object/apply:pymdownx.slugs.slugify',
]);

/** Whether the generator fails for a YAML tag. */
export function isRefusedTag(tag: string): boolean {
  const prefix = 'tag:yaml.org,2002:python/';
  return tag.startsWith(prefix) && !PYTHON_TAGS.has(tag.slice(prefix.length));
}
