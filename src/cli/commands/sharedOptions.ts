import type { OptionGroup, OptionSpec } from '../options';

/* Options of several commands. The code that uses them is loaded with its command. */

/** Environment variables that configs can read, by name. Other variables stay hidden from their authors. */
export const environmentOption: OptionSpec = {
  name: 'env',
  value: 'NAME',
  multiple: true,
  help: 'An environment variable that configs may read. All others count as unset.',
};

/** A predicate on entities. */
export const whereOption: OptionSpec = {
  name: 'where',
  value: 'PREDICATE',
  multiple: true,
  help: 'Only entities that match a filter predicate of Backstage, in JSON or YAML, or in a file (@FILE). Several --where must all match. Operators: $all, $any, $not, and $exists, $in, $contains, $hasPrefix on values.',
};

const PLUGIN =
  'A plugin to use: a folder with a plugin.yaml, or a package.json with contributes.callboard, or a VSIX file.';

/** Plugins in addition to those of the workspace, and the code of those. */
export const pluginOptions: readonly OptionSpec[] = [
  {
    name: 'plugin',
    value: 'PATH',
    multiple: true,
    help: `${PLUGIN} Its code runs.`,
  },
  { name: 'trust-plugins', help: 'Run code of plugins that .callboard/config.yaml names.' },
];

/** Plugins whose declarations are used, such as templates and layers. */
export const declaringPluginOption: OptionSpec = {
  name: 'plugin',
  value: 'PATH',
  multiple: true,
  help: `${PLUGIN} Its code doesn't run.`,
};

const backstageGroup: OptionGroup = {
  heading: 'Backstage options',
  details:
    'With --config or --location, the catalog contains only the entities that a new Backstage with these locations would contain, with its rules, conflicts and orphans. Configs can read only the environment variables named by --env, and files below their own folder.',
};

/** Options that select the catalog of a Backstage. */
export const backstageOptions: readonly OptionSpec[] = [
  {
    name: 'config',
    value: 'APP_CONFIG',
    multiple: true,
    group: backstageGroup,
    help: 'The app-config.yaml of a Backstage. Later configs override earlier ones.',
  },
  {
    name: 'location',
    value: 'FILE',
    multiple: true,
    group: backstageGroup,
    help: 'A file, or a quoted glob pattern, to read as a Backstage location of type file. All kinds are allowed. Added to the locations of --config.',
  },
  {
    name: 'backend-dir',
    value: 'FOLDER',
    group: backstageGroup,
    help: "The backend's working directory, which relative targets start from. Default: packages/backend beside the first APP_CONFIG, otherwise its folder.",
  },
  {
    name: 'module',
    value: 'MODULE',
    multiple: true,
    group: backstageGroup,
    help: 'An installed module of the Backstage. Available: ai-model, which adds the kind AiResource.',
  },
  { ...environmentOption, group: backstageGroup },
];

const sourceGroup: OptionGroup = {
  heading: 'Source options',
  details:
    "With --source, the catalog also contains entities of repositories, URLs and running Backstages. If an entity is defined more than once, DIR takes precedence, then the first source. Tokens are read from GITHUB_TOKEN, GITLAB_TOKEN, BACKSTAGE_TOKEN and similar variables, each for its own host. If a source can't be fetched, its cached copy is used with a warning; without a copy, the command exits with 3. lsp and mcp use cached copies at once, and refresh them every few minutes.",
};

/** Options that add entities from outside of DIR. */
export const sourceOptions: readonly OptionSpec[] = [
  {
    name: 'source',
    value: 'URL',
    multiple: true,
    group: sourceGroup,
    help: 'Add entities from git+https://host/owner/repo.git#branch:path, https://…/catalog-info.yaml, github+https://github.com/owner, gitlab+https://gitlab.com/group or backstage+https://host.',
  },
  {
    name: 'source-allow',
    value: 'KIND',
    multiple: true,
    group: sourceGroup,
    help: 'Allow sources to provide this kind. Required for User, Group and Template. * allows all kinds.',
  },
  {
    name: 'allow-host',
    value: 'HOST',
    multiple: true,
    group: sourceGroup,
    help: "Allow Locations of sources to point to this host, such as gitlab.com or *.acme.org. The source's own host is always allowed.",
  },
  {
    name: 'sources-of-settings',
    group: sourceGroup,
    help: 'Add the sources of callboard.catalog.sources in .vscode/settings.json of DIR, and allow the hosts of callboard.catalog.hosts. Use it only if you trust everyone who can write this file, such as authors of pull requests.',
  },
  {
    name: 'offline',
    group: sourceGroup,
    help: 'Use cached copies of the sources without fetching.',
  },
];

/** Returns the option for the format of the output. */
export const formatOption = (choices: readonly string[]): OptionSpec => ({
  name: 'format',
  value: 'FORMAT',
  choices,
  help: 'Output format.',
});

/** Formats of `validate`, the default first. */
export const problemFormatNames = ['pretty', 'json', 'unix', 'github', 'sarif', 'junit'] as const;
