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
      'The name of the site. TechDocs shows it above the pages. Without it MkDocs does not build; Backstage fills in the name of the entity where the whole mkdocs.yml is missing.',
    ),
    site_url: text(
      'Where the site is published. TechDocs serves pages by itself. Without it: no canonical links.',
    ),
    site_description: text(
      'What the site is about. TechDocs shows it below the name. Without it: nothing.',
    ),
    site_author: text('Who wrote the site. Without it the pages name nobody.'),
    copyright: text('A line below every page. Without it there is none.'),
    repo_url: text(
      'The repository of the pages. Without it TechDocs makes it of `backstage.io/source-location`, so that pages can be edited.',
    ),
    repo_name: text('What the link to the repository is called. Without it: the name of the host.'),
    edit_uri: text(
      'The path in the repository that leads to the sources, such as `edit/main/docs/`. Without it: guessed from `repo_url`.',
    ),
    edit_uri_template: text(
      'As `edit_uri`, with `{path}` for where the page goes. Without it `edit_uri` counts.',
    ),
    docs_dir: text(
      'The folder of the pages, relative to this file. Without it: `docs`. It must not be the folder of this file.',
    ),
    site_dir: text(
      'The folder that MkDocs writes to. TechDocs chooses its own. Without it: `site`.',
    ),
    nav: {
      $ref: '#/definitions/navigation',
      markdownDescription:
        'The pages in their order, with titles and sections. Without it: all pages, by the names of their files.',
    },
    exclude_docs: text(
      'Files of `docs_dir` that are no pages: patterns as in .gitignore, one a line. Without it: names that begin with a dot, and `/templates/`.',
    ),
    draft_docs: text('Files that are pages only while authors preview. Without it: none.'),
    not_in_nav: text('Files that may be missing in `nav` without a word. Without it: none.'),
    validation: map('How loudly MkDocs complains. Without it: as its own defaults say.', {
      omitted_files: choice(warnLevels, 'Pages that `nav` does not list. Without it: `info`.'),
      not_found: choice(
        warnLevels,
        'Pages that `nav` or links ask for in vain. Without it: `warn`.',
      ),
      absolute_links: choice(
        [...warnLevels, 'relative_to_docs'],
        'Links that begin with a slash. Without it: `info`.',
      ),
      unrecognized_links: choice(warnLevels, 'Links that are neither. Without it: `info`.'),
      anchors: choice(warnLevels, 'Links to headings that are not there. Without it: `info`.'),
      nav: map('The same for `nav` alone. Without it: as for all.'),
      links: map('The same for links alone. Without it: as for all.'),
    }),
    theme: {
      type: ['string', 'object', 'null'],
      markdownDescription:
        'How the site looks. TechDocs builds with `material` and shows pages in its own style. Without it that is all there is.',
      defaultSnippets: [{ label: 'material', body: 'material' }],
      properties: {
        name: text('The theme. Without it: `mkdocs`; TechDocs takes `material` all the same.'),
        custom_dir: text('A folder that overrides files of the theme. Without it: none.'),
        language: text('The language of the texts of the theme. Without it: `en`.'),
        features: list('What of the theme is switched on. Without it: its defaults.', {
          type: 'string',
        }),
        palette: {
          markdownDescription: 'Colours; TechDocs has its own. Without it: the defaults.',
        },
      },
    },
    plugins: loadable(
      {
        'techdocs-core': 'What TechDocs needs: search, the theme and its Markdown extensions.',
        monorepo: 'Brings together the mkdocs.yml files of several folders by `!include`.',
        search: 'The search of MkDocs; `techdocs-core` has it already.',
        redirects: 'Leads old addresses to new ones.',
      },
      'What MkDocs loads. TechDocs needs `techdocs-core` here and adds it in many set-ups. Without it: `search` alone.',
    ),
    markdown_extensions: loadable(
      {
        admonition: 'Notes and warnings by `!!!`.',
        attr_list: 'Attributes in braces.',
        footnotes: 'Footnotes by `[^1]`.',
        md_in_html: 'Markdown within HTML.',
        'pymdownx.details': 'Notes that fold, by `???`.',
        'pymdownx.emoji': 'Emoji by `:name:`.',
        'pymdownx.snippets': 'Takes in other files.',
        'pymdownx.superfences': 'Fences within lists, diagrams in fences.',
        'pymdownx.tabbed': 'Tabs by `===`.',
        'pymdownx.tasklist': 'Lists to tick off.',
        tables: 'Tables.',
        toc: 'A table of contents, links beside headings.',
      },
      'What Markdown may hold besides. `techdocs-core` brings most that are usual. Without it: `toc`, `tables` and `fenced_code`.',
    ),
    extra: map('Values for templates of the theme. Without it: none.'),
    extra_css: list(
      'Style sheets of the site. TechDocs does not load them unless an addon does. Without it: none.',
      { type: 'string' },
    ),
    extra_javascript: list(
      'Scripts of the site. TechDocs removes scripts from pages. Without it: none.',
      { type: ['string', 'object'] },
    ),
    extra_templates: list('Templates that are built beside the pages. Without it: none.', {
      type: 'string',
    }),
    hooks: list(
      'Python files that MkDocs runs. TechDocs takes the setting out: it would run anything. Without it: none.',
      { type: 'string' },
    ),
    watch: list('Further files that a preview follows. Without it: pages and this file.', {
      type: 'string',
    }),
    use_directory_urls: flag('Whether pages are folders in addresses. Without it: true.'),
    strict: flag(
      'Whether warnings end the build. TechDocs takes it out in some set-ups. Without it: false.',
    ),
    dev_addr: text(
      'Where the preview of MkDocs listens. TechDocs does not use it. Without it: `127.0.0.1:8000`.',
    ),
    remote_branch: text(
      'The branch that `mkdocs gh-deploy` writes to. Not for TechDocs. Without it: `gh-pages`.',
    ),
    remote_name: text(
      'The remote that `mkdocs gh-deploy` pushes to. Not for TechDocs. Without it: `origin`.',
    ),
    INHERIT: text('A mkdocs.yml whose settings this one adds to. Without it: none.'),
  },
};
