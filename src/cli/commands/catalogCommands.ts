import type { CommandSpec, OptionSpec } from '../options';
import {
  backstageOptions,
  formatOption,
  pluginOptions,
  problemFormatNames,
  sourceOptions,
  whereOption,
} from './sharedOptions';

/** Help paragraph of commands that read the editor's settings. */
export const settingsDetails =
  'Reads the settings callboard.* from .vscode/settings.json in the folder of the catalog, so that the editor and CI agree.';

const REPOSITORY = 'The catalog is that of the git repository that contains DIR.';

const REF =
  'REF is an entity ref. You can omit the namespace if it is "default" or only one entity matches, and the kind if only one entity has the name.';

const noCacheOption: OptionSpec = {
  name: 'no-cache',
  help: "Don't use or update the results of earlier runs.",
};

export const entitiesCommand: CommandSpec = {
  name: 'entities',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'List the entities in DIR (default: the current folder)',
  details: [
    `${REPOSITORY} Descriptors are recognized by their content, in every .yaml and .yml file that isn't ignored.`,
    'Paths in JSON output are relative to DIR. The problems in it are those of the whole catalog, regardless of --filter and --where, without those in API definitions. The exit code is 0 even if there are problems.',
    settingsDetails,
    "If nothing has changed since the same command last ran, its output comes from your system's cache folder (or CALLBOARD_CACHE_DIR).",
  ],
  options: [
    {
      name: 'filter',
      value: 'FILTER',
      multiple: true,
      help: "Only matching entities. Uses the syntax of Backstage's catalog API: commas mean AND, several --filter mean OR, a key alone must exist, and values are case-insensitive.",
    },
    whereOption,
    formatOption(['table', 'json']),
    noCacheOption,
    ...pluginOptions,
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard entities', 'list the entities of the current folder'],
    ['callboard entities demo --filter kind=Component,spec.type=service', 'list services'],
    [
      `callboard entities --where '{"spec.type": {"$in": ["service", "website"]}, "metadata.tags": {"$contains": "java"}}'`,
      'list services and websites with the tag java',
    ],
    ['callboard entities --where @without-docs.yaml', 'read the predicate from a file'],
    [
      'callboard entities --filter relations.ownedBy=group:default/team-a --format json',
      'list what team-a owns, with relations and locations',
    ],
    [
      'callboard entities --config app-config.yaml --config app-config.production.yaml',
      'list the entities that the production Backstage would contain',
    ],
    [
      "callboard entities --source 'git+https://github.com/acme/platform.git#main:catalog'",
      'include the entities of a folder in another repository',
    ],
  ],
};

export const validateCommand: CommandSpec = {
  name: 'validate',
  positionals: '[PATH…]',
  maxPositionals: Infinity,
  summary: 'Validate the descriptors in each PATH (default: the current folder)',
  details: [
    'References are resolved in the whole catalog: the git repository that contains PATH, or the nearest parent folder whose .vscode/settings.json has Callboard settings. Without either, a folder is its own catalog, and a file belongs to the current folder. The same applies to folders that git or the settings exclude. Only problems in the given paths are reported.',
    'Exit codes: 0 if there are no errors, 1 if there are errors or more than N warnings, 2 if the command line is wrong, 3 if Callboard fails.',
    'Formats: github prints annotations for pull requests, sarif is for code scanning, junit for build servers, and unix (one problem per line) for editors. Paths in JSON output are relative to PATH if it is a single folder, otherwise to the current folder.',
    '--changed-since compares contents with the merge base of REVISION and HEAD, including uncommitted and untracked files. Unchanged files are reported only for problems that the change introduced, such as references to a removed entity.',
    settingsDetails,
    'Problems in sources are reported only if no PATH is given.',
    "Results are stored in your system's cache folder (or CALLBOARD_CACHE_DIR), up to 1 GB. If nothing has changed since the same command last ran, it prints the same again. Otherwise, it reads only changed files.",
  ],
  options: [
    formatOption(problemFormatNames),
    {
      name: 'max-warnings',
      value: 'N',
      help: 'Exit with 1 if there are more than N warnings.',
    },
    {
      name: 'changed-since',
      value: 'REVISION',
      help: 'Only problems in files changed since REVISION, and problems that these changes introduced elsewhere.',
    },
    noCacheOption,
    ...pluginOptions,
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard validate', 'validate the current folder'],
    ['callboard validate --max-warnings 0 --format github', 'validate in a GitHub workflow'],
    ['callboard validate --changed-since origin/main', 'validate the changes of a branch'],
    [
      'callboard validate services/a/catalog-info.yaml',
      'validate one file, as in a pre-commit hook',
    ],
    ['callboard validate --config app-config.yaml', 'validate as a Backstage with this config'],
    [
      'callboard validate . --source backstage+https://backstage.acme.org',
      "resolve references in the company's Backstage, too",
    ],
  ],
};

export const diffCommand: CommandSpec = {
  name: 'diff',
  positionals: 'BASE [HEAD] [DIR]',
  maxPositionals: 3,
  summary: 'Show the entities, relations and problems that a branch or commit changes',
  details: [
    'BASE and HEAD are git revisions. Without HEAD, the working tree is compared, including uncommitted and untracked files. As in a pull request, changes are relative to the merge base of BASE and HEAD.',
    'Commits are read from the repository without a checkout, and no code of the repository runs. The settings of HEAD apply to both sides. Paths are relative to the repository.',
    'The second argument is HEAD if such a revision exists, otherwise DIR. The exit code is 0 unless --fail-on is given.',
    'Each side uses its own version of the configs of --config.',
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['pretty', 'markdown', 'json'],
      help: 'Output format. markdown is for comments on pull requests.',
    },
    { name: 'no-merge-base', help: 'Compare with BASE itself instead of the merge base.' },
    {
      name: 'fail-on',
      value: 'WHAT',
      choices: ['nothing', 'new-errors', 'new-problems'],
      help: 'Exit with 1 if the change introduces errors or problems.',
    },
    ...backstageOptions,
  ],
  examples: [
    ['callboard diff main', 'show the changes of the current branch, committed or not'],
    ['callboard diff origin/main HEAD --format markdown', 'write a comment in CI'],
    ['callboard diff v1.0 v1.1 services --format json', 'compare a folder between two tags'],
  ],
};

export const graphCommand: CommandSpec = {
  name: 'graph',
  positionals: 'REF [DIR]',
  maxPositionals: 2,
  summary: 'Draw the graph around an entity',
  details: [
    `${REPOSITORY} ${REF}`,
    'Each pair of relations is one arrow, from the dependent entity to its dependency, from a part to the whole, and from an entity to its owner. --direction out follows the arrows, in goes against them. Entities that are not in the catalog are dashed.',
    settingsDetails,
  ],
  options: [
    {
      name: 'depth',
      value: 'N',
      help: 'The maximum number of relations between REF and another entity. Default: 1.',
    },
    {
      name: 'direction',
      value: 'DIRECTION',
      choices: ['both', 'out', 'in'],
      help: 'Which arrows to follow.',
    },
    {
      name: 'relations',
      value: 'TYPE',
      multiple: true,
      help: 'Only these types of relations, such as dependsOn, separated by commas. Either name of a pair works.',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['mermaid', 'dot', 'json'],
      help: 'Output format. mermaid is for Markdown, dot for Graphviz.',
    },
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard graph component:shop', 'draw all relations of shop'],
    [
      'callboard graph shop --direction in --depth 3 --relations dependsOn',
      'draw the entities that depend on shop',
    ],
    ['callboard graph system:sales --format dot | dot -Tsvg > sales.svg', 'draw a picture'],
  ],
};

export const dependentsCommand: CommandSpec = {
  name: 'dependents',
  positionals: 'REF [DIR]',
  maxPositionals: 2,
  summary: 'List the entities that are affected if an entity stops',
  details: [
    `${REPOSITORY} ${REF}`,
    'Dependents are the entities that depend on REF, its parts, the APIs that it provides, and the consumers of these APIs, directly or indirectly. Ownership and membership are not followed.',
    'Paths in JSON output are relative to DIR.',
    settingsDetails,
  ],
  options: [
    {
      name: 'depth',
      value: 'N',
      help: 'The maximum number of relations to follow. Default: no limit.',
    },
    formatOption(['table', 'json']),
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard dependents component:shop', 'find the owners to inform before shop changes'],
    ['callboard dependents shop --depth 1 --format json', 'list direct dependents as JSON'],
  ],
};

export const ownerCommand: CommandSpec = {
  name: 'owner',
  positionals: 'FILE…',
  maxPositionals: Infinity,
  summary: 'Show the owner of each FILE and the entity that it belongs to',
  details: [
    'The owner comes from the first of these: FILE itself if it is a descriptor, a line of CODEOWNERS that matches it, the descriptor in the nearest folder above, a line of CODEOWNERS that matches all files. FILE can also be a folder.',
    'With --format json, sources lists all candidates, and paths are relative to the current folder. Exits with 1 if a file has no owner.',
    settingsDetails,
  ],
  options: [formatOption(['table', 'json']), ...backstageOptions, ...sourceOptions],
  examples: [
    ['callboard owner services/a/docs/index.md', 'find the owner of a file'],
    ['callboard owner --format json services/a docs', 'print all candidates as JSON'],
  ],
};

export const searchCommand: CommandSpec = {
  name: 'search',
  positionals: 'QUERY [DIR]',
  maxPositionals: 2,
  summary: 'Search entities, docs, APIs, templates and people',
  details: [
    REPOSITORY,
    'QUERY has the syntax of the search in the editor: words (typing errors are tolerated), "phrases", -excluded words, and filters such as kind:api, owner:team-a, tag:java and in:docs. Put -- before a query that begins with a dash, as in callboard search -- "-legacy shop".',
    'Paths in JSON output are relative to DIR. Lines and characters start at 0. Scores are comparable only within one output. The exit code is 0 even if there are no results.',
    settingsDetails,
  ],
  options: [
    {
      name: 'in',
      value: 'TYPE',
      multiple: true,
      help: 'Only results of these types, separated by commas: catalog, people, templates, docs, apis.',
    },
    { ...whereOption, help: `${whereOption.help} Results without an entity don't match.` },
    { name: 'limit', value: 'N', help: 'The maximum number of results. Default: 20.' },
    formatOption(['table', 'json']),
    ...pluginOptions,
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard search "paymnt servce"', 'find payment services despite typing errors'],
    ['callboard search "rotate keys" --in docs', 'find pages of the documentation'],
    [
      `callboard search "retry" --in docs --where '{"spec.lifecycle": "production"}'`,
      'find pages of the docs of entities in production',
    ],
    ["callboard search 'kind:api owner:team-a orders' services --format json", 'print JSON'],
  ],
};

export const importCommand: CommandSpec = {
  name: 'import',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Draft descriptors for projects in DIR that have none',
  details: [
    'Finds folders with a manifest (npm, Go, Maven, Gradle, Cargo, Python, .NET), a Dockerfile, a Helm chart, docs, API definitions or a git repository. Derives name, type, tags, links and description from them, and the owner from CODEOWNERS. No code of these projects runs.',
    'Prints the drafts, or writes them with --write. Existing files are never overwritten. Folders that another descriptor may cover, test fixtures and monorepos are only listed. Exits with 1 if a file could not be written.',
    settingsDetails,
  ],
  options: [
    { name: 'dry-run', help: 'Print the drafts without writing files. This is the default.' },
    { name: 'write', help: 'Write a catalog-info.yaml for each draft.' },
    {
      name: 'owner',
      value: 'REF',
      help: 'The owner of projects that CODEOWNERS assigns to no one. Default: unknown.',
    },
    formatOption(['pretty', 'json']),
  ],
  examples: [
    ['callboard import', 'print drafts for the current folder'],
    ['callboard import services --write --owner team-a', 'write descriptors'],
  ],
};
