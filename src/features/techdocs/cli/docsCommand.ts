import { formatOption, environmentOption } from '../../../cli/commands/sharedOptions';
import type { CommandSpec, OptionSpec } from '../../../cli/options';

const ENVIRONMENT =
  '!ENV in a mkdocs.yml can read only the environment variables named by --env, because the output may be published.';

const UNSANITIZED =
  'HTML in pages is not sanitized, as with MkDocs: scripts of a page are part of the output.';

const RULES =
  "Before TechDocs runs MkDocs, it removes what it doesn't allow from mkdocs.yml, such as hooks, extra_javascript, INHERIT and most plugins. So does this command, with a warning for each, unless the setting callboard.docs.rules or --as-mkdocs turns it off.";

const coreOption: OptionSpec = {
  name: 'techdocs-core',
  value: 'VERSION',
  help: 'The release of techdocs-core that pages follow, 1.6 or 1.7. Default: the setting callboard.docs.techdocsCore.',
};

const ruleOptions: readonly OptionSpec[] = [
  {
    name: 'as-mkdocs',
    help: 'Apply the whole mkdocs.yml, as MkDocs itself does, not only the parts that TechDocs allows.',
  },
  {
    name: 'config',
    value: 'APP_CONFIG',
    multiple: true,
    help: 'The app-config.yaml of a Backstage, whose techdocs.generator.mkdocs can allow more of mkdocs.yml. Later configs override earlier ones. Default: the setting callboard.catalog.backstage.config.',
  },
];

export const docsBuildCommand: CommandSpec = {
  name: 'docs build',
  positionals: '[DIR] --out OUT',
  maxPositionals: 1,
  summary: 'Build a documentation site',
  details: [
    'Builds the site of the mkdocs.yml in DIR (default: the current folder), otherwise of its docs folder or README.md, with the pages, URLs, search index and techdocs_metadata.json of TechDocs. OUT can be published to its storage, or served by any web server. Needs neither Python nor Docker. Hooks, theme templates and plugins in Python do not run.',
    'OUT must be new, empty, or the output of an earlier build, which is updated incrementally. Use --clean for any other folder. SOURCE_DATE_EPOCH sets the build time.',
    RULES,
    'Exits with 1 and writes nothing if the configuration has errors. Broken links are warnings. Diagrams that need another program, such as PlantUML and Graphviz, are shown as their source, with a warning.',
    `${UNSANITIZED} ${ENVIRONMENT}`,
  ],
  options: [
    { name: 'out', value: 'OUT', help: 'The folder to write the site to.' },
    {
      name: 'clean',
      help: 'Empty OUT first, except for files and folders that begin with a dot.',
    },
    {
      name: 'strict',
      help: 'Exit with 1 and write nothing if there are warnings, except about diagrams that need another program and parts of mkdocs.yml that TechDocs removes.',
    },
    {
      name: 'site-name',
      value: 'NAME',
      help: 'The name of a site without a mkdocs.yml. Default: the name of the folder.',
    },
    {
      name: 'etag',
      value: 'ETAG',
      help: 'The version of the sources for techdocs_metadata.json, such as a commit.',
    },
    ...ruleOptions,
    coreOption,
    environmentOption,
  ],
  examples: [
    ['callboard docs build --out site', 'build the docs of the current folder'],
    [
      'callboard docs build services/a --out out/a --strict --etag "$GITHUB_SHA"',
      'build docs in CI, to publish them to TechDocs storage',
    ],
  ],
};

export const docsCheckCommand: CommandSpec = {
  name: 'docs check',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Check documentation for broken links and other problems',
  details: [
    'Checks all sites in DIR (default: the current folder), found by mkdocs.yml and annotations. DIR can also be a mkdocs.yml. Reports what MkDocs would, at the levels of validation: in mkdocs.yml, and missing pages, anchors, images and includes, pages outside the navigation, and duplicate ids. No code of a site runs.',
    RULES,
    'Exits with 0 if TechDocs would build the sites, and 1 if there are errors. With --strict, warnings count as errors; for sites with strict: true, those of MkDocs do. Paths in JSON output are relative to DIR.',
    ENVIRONMENT,
  ],
  options: [
    { name: 'strict', help: 'Exit with 1 if there are warnings.' },
    formatOption(['pretty', 'json', 'github']),
    ...ruleOptions,
    coreOption,
    environmentOption,
  ],
  examples: [
    ['callboard docs check', 'check all docs of the current folder'],
    ['callboard docs check services/a --strict --format github', 'check docs in CI, before merge'],
  ],
};

export const docsRenderCommand: CommandSpec = {
  name: 'docs render',
  positionals: 'FILE.md',
  maxPositionals: 1,
  summary: 'Print the HTML of one page',
  details: [
    'Renders the body of a page as Python-Markdown does, with the extensions of techdocs-core and of the nearest mkdocs.yml. Diagrams are printed as their source, with the attribute data-diagram.',
    `${UNSANITIZED} Included files are read only from the folder of the mkdocs.yml, or of the page if there is none. Files that can't be included are reported on standard error.`,
  ],
  options: [coreOption],
  examples: [['callboard docs render docs/index.md > index.html', 'render a page to a file']],
};

export const docsCommand: CommandSpec = {
  name: 'docs',
  positionals: '',
  maxPositionals: 0,
  summary: 'Build, check or render TechDocs documentation',
  details: [],
  options: [],
  examples: [],
  subcommands: [docsBuildCommand, docsCheckCommand, docsRenderCommand],
};
