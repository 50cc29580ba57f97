import { choice, flag, type JsonSchema, list, map, text } from './jsonSchema';

/** Names, or maps of a name to its options: MkDocs' notation for extensions and plugins. */
const loadable = (
  names: Readonly<Record<string, string>>,
  markdownDescription: string,
): JsonSchema => ({
  type: ['array', 'object'],
  markdownDescription,
  items: {
    type: ['string', 'object'],
    defaultSnippets: Object.entries(names).map(([label, doc]) => ({
      label,
      body: label,
      markdownDescription: doc,
    })),
  },
});

/** An item of `nav` is a page, or a title with a page or with items. */
const navigation: JsonSchema = {
  type: 'array',
  items: {
    anyOf: [
      { type: 'string' },
      {
        type: 'object',
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: {
          anyOf: [{ type: ['string', 'null'] }, { $ref: '#/definitions/navigation' }],
        },
      },
    ],
  },
};

const warnLevels = ['warn', 'info', 'ignore'];

/**
 * Schema of mkdocs.yml for TechDocs: the settings of MkDocs 1.6 with their effect in Backstage. Allows further settings
 * of themes and plugins.
 */
export const mkdocsSchema: JsonSchema = {
  type: 'object',
  required: ['site_name'],
  definitions: { navigation },
  properties: {
    site_name: text(
      'The name of the site. TechDocs shows it above the pages. Required by MkDocs; Backstage uses the name of the entity only if the whole mkdocs.yml is missing.',
    ),
    site_url: text(
      'The URL of the published site. TechDocs serves pages itself. If omitted, there are no canonical links.',
    ),
    site_description: text(
      'The description of the site. TechDocs shows it below the name. Default: none.',
    ),
    site_author: text('The author of the site. Default: none.'),
    copyright: text('A line below every page. Default: none.'),
    repo_url: text(
      'The repository of the pages. If omitted, TechDocs derives it from `backstage.io/source-location`, so that pages can be edited.',
    ),
    repo_name: text('The text of the link to the repository. Default: the name of the host.'),
    edit_uri: text(
      'The path in the repository that leads to the sources, such as `edit/main/docs/`. Default: guessed from `repo_url`.',
    ),
    edit_uri_template: text(
      "Like `edit_uri`, with `{path}` as the page's path. If omitted, `edit_uri` is used.",
    ),
    docs_dir: text(
      'The folder of the pages, relative to this file. Default: `docs`. It must not be the folder of this file.',
    ),
    site_dir: text('The folder that MkDocs writes to. TechDocs chooses its own. Default: `site`.'),
    nav: {
      $ref: '#/definitions/navigation',
      markdownDescription:
        'The pages in their order, with titles and sections. Default: all pages, by the names of their files.',
    },
    exclude_docs: text(
      'Files of `docs_dir` to exclude: patterns as in .gitignore, one per line. Default: names that start with a dot, and `/templates/`.',
    ),
    draft_docs: text('Files that are pages only in previews. Default: none.'),
    not_in_nav: text('Files that can be missing in `nav` without a warning. Default: none.'),
    validation: map("Log levels of MkDocs's validation. Default: MkDocs's levels.", {
      omitted_files: choice(warnLevels, 'Pages that `nav` does not list. Default: `info`.'),
      not_found: choice(warnLevels, 'Missing pages that `nav` or links refer to. Default: `warn`.'),
      absolute_links: choice(
        [...warnLevels, 'relative_to_docs'],
        'Links that start with a slash. Default: `info`.',
      ),
      unrecognized_links: choice(warnLevels, "Links that aren't recognized. Default: `info`."),
      anchors: choice(warnLevels, 'Links to missing headings. Default: `info`.'),
      nav: map('The same for `nav` only. Default: the general setting.'),
      links: map('The same for links only. Default: the general setting.'),
    }),
    theme: {
      type: ['string', 'object', 'null'],
      markdownDescription:
        'The look of the site. TechDocs builds with `material` and shows pages in its own style. Default: `material`.',
      defaultSnippets: [{ label: 'material', body: 'material' }],
      properties: {
        name: text('The theme. Default: `mkdocs`; TechDocs always uses `material`.'),
        custom_dir: text('A folder that overrides files of the theme. Default: none.'),
        language: text('The language of the texts of the theme. Default: `en`.'),
        features: list('Enabled features of the theme. Default: its defaults.', {
          type: 'string',
        }),
        palette: {
          markdownDescription: 'Colors; TechDocs has its own. Default: the defaults.',
        },
      },
    },
    plugins: loadable(
      {
        'techdocs-core': 'Required by TechDocs: search, the theme and its Markdown extensions.',
        monorepo: 'Merges mkdocs.yml files of several folders by `!include`.',
        search: 'The search of MkDocs; `techdocs-core` has it already.',
        redirects: 'Redirects old addresses to new ones.',
      },
      'Plugins of MkDocs. TechDocs requires `techdocs-core` here, and adds it in many setups. Default: `search` only.',
    ),
    markdown_extensions: loadable(
      {
        admonition: 'Notes and warnings by `!!!`.',
        attr_list: 'Attributes in braces.',
        footnotes: 'Footnotes by `[^1]`.',
        md_in_html: 'Markdown within HTML.',
        'pymdownx.details': 'Collapsible notes by `???`.',
        'pymdownx.emoji': 'Emoji by `:name:`.',
        'pymdownx.snippets': 'Includes other files.',
        'pymdownx.superfences': 'Fences within lists, diagrams in fences.',
        'pymdownx.tabbed': 'Tabs by `===`.',
        'pymdownx.tasklist': 'Task lists.',
        tables: 'Tables.',
        toc: 'A table of contents, links beside headings.',
      },
      'Markdown extensions. `techdocs-core` includes the most common ones. Default: `toc`, `tables` and `fenced_code`.',
    ),
    extra: map('Values for templates of the theme. Default: none.'),
    extra_css: list(
      'Style sheets of the site. TechDocs loads them only with an addon. Default: none.',
      { type: 'string' },
    ),
    extra_javascript: list(
      'Scripts of the site. TechDocs removes scripts from pages. Default: none.',
      { type: ['string', 'object'] },
    ),
    extra_templates: list('Templates that are built beside the pages. Default: none.', {
      type: 'string',
    }),
    hooks: list(
      'Python files that MkDocs runs. TechDocs removes this setting, because it runs any code. Default: none.',
      { type: 'string' },
    ),
    watch: list('Additional files that a preview watches. Default: pages and this file only.', {
      type: 'string',
    }),
    use_directory_urls: flag('Whether pages are folders in addresses. Default: true.'),
    strict: flag(
      'Whether warnings fail the build. TechDocs removes this setting in some setups. Default: false.',
    ),
    dev_addr: text(
      "The address of MkDocs's preview. TechDocs does not use it. Default: `127.0.0.1:8000`.",
    ),
    remote_branch: text(
      'The branch that `mkdocs gh-deploy` writes to. Not for TechDocs. Default: `gh-pages`.',
    ),
    remote_name: text(
      'The remote that `mkdocs gh-deploy` pushes to. Not for TechDocs. Default: `origin`.',
    ),
    INHERIT: text('A mkdocs.yml to inherit settings from. Default: none.'),
  },
};
