import { graphDirections } from '../../features/catalog/cli/graph';
import { backstageDetails, backstageOptions } from '../backstage';
import { sourceDetails, sourceOptions } from '../catalog/sources';
import type { CommandSpec } from '../options';
import { problemFormats } from '../output/problemFormats';

/** A paragraph of the help of commands that read the editor's settings. */
export const settingsDetails =
  'The settings callboard.* of the editor apply, read from .vscode/settings.json in the folder, so that editor and CI agree.';

const AROUND =
  'The catalog is that of the git repository around DIR, as for validate: relations and references lead to all of it.';

export const entitiesCommand: CommandSpec = {
  name: 'entities',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'List the entities of the catalog in DIR (default: the current folder)',
  details: [
    AROUND,
    'Descriptors are found by their content, in every .yaml and .yml file that is not ignored. Exits with 0 when the entities could be printed, whatever the problems.',
    backstageDetails,
    sourceDetails,
    settingsDetails,
    'Paths in the JSON output are relative to DIR. Its problems are those of the whole catalog, whatever the filter.',
  ],
  options: [
    {
      name: 'filter',
      value: 'FILTER',
      multiple: true,
      help: "only these, as Backstage's API filters: commas mean AND, several --filter mean OR, a key alone must exist, values are case-insensitive",
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['table', 'json'],
      help: 'how to print them',
    },
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard entities', 'the catalog of the current folder'],
    ['callboard entities demo --filter kind=Component,spec.type=service', 'services only'],
    [
      'callboard entities --filter relations.ownedBy=group:default/team-a --format json',
      'what team-a owns, with relations and places',
    ],
    [
      'callboard entities --config app-config.yaml --config app-config.production.yaml',
      'what the Backstage in production would hold',
    ],
    [
      "callboard entities --source 'git+https://github.com/acme/platform.git#main:catalog'",
      'with the entities of a folder of a repository',
    ],
  ],
};

export const validateCommand: CommandSpec = {
  name: 'validate',
  positionals: '[PATH…]',
  maxPositionals: Infinity,
  summary: 'Check the descriptors in each PATH (default: the current folder)',
  details: [
    'The catalog is the git repository that a PATH is in, or a folder on the way there whose .vscode/settings.json has settings of Callboard; else a folder is a catalog by itself, and a file belongs to the current folder. References are looked up in the whole catalog. Only problems in the given paths are reported and counted. A folder that git or the settings leave out is a catalog by itself.',
    'Exits with 0 when all is well, 1 on errors or on more than N warnings, 2 when the command line is wrong.',
    backstageDetails,
    `${sourceDetails} What is wrong there is reported where no PATH is given; else only the given paths are.`,
    settingsDetails,
    'Paths in the JSON output are relative to PATH when it is one folder, else to the current folder. The github format prints workflow commands, which become annotations on a pull request; sarif is for code scanning, junit for build servers, unix (a line for each problem) for editors.',
    'With --changed-since a file counts as changed when its content is another than where the present branch left REVISION, whether that is committed, only saved, or not known to git yet. Of all other files only those problems are reported that they did not have there, such as references to what was removed.',
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      choices: [...problemFormats.keys()],
      help: 'how to print the problems',
    },
    {
      name: 'max-warnings',
      value: 'N',
      help: 'also fail when there are more than N warnings',
    },
    {
      name: 'changed-since',
      value: 'REVISION',
      help: 'only problems of files that changed since this branch left REVISION, and those that the changes gave other files',
    },
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard validate', 'check the current folder'],
    ['callboard validate --max-warnings 0 --format github', 'in a GitHub workflow'],
    ['callboard validate --changed-since origin/main', 'what a branch is answerable for'],
    ['callboard validate services/a/catalog-info.yaml', 'one file, as in a pre-commit hook'],
    ['callboard validate --config app-config.yaml', 'what a Backstage would say, and its config'],
    [
      'callboard validate . --source backstage+https://backstage.acme.org',
      'references to what the company has, too',
    ],
  ],
};

export const diffCommand: CommandSpec = {
  name: 'diff',
  positionals: 'BASE [HEAD] [DIR]',
  maxPositionals: 3,
  summary: 'Show what a branch or commit changes in the catalog of DIR',
  details: [
    'Compares entities, relations and problems. BASE and HEAD are revisions as git knows them; without HEAD the working tree is compared as it is, uncommitted and new files included. As in a pull request, the changes since HEAD left BASE are shown, and not what BASE gained meanwhile.',
    'Commits are read out of the repository: nothing is checked out, and nothing that the repository names is run. The settings of HEAD count for both sides. Paths are relative to the root of the repository.',
    `${backstageDetails} Configs are read as each side has them.`,
    'A second argument is HEAD if there is a revision of that name, else DIR (write ./name to be sure). Exits with 0 when it could print, unless --fail-on says otherwise.',
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['pretty', 'markdown', 'json'],
      help: 'how to print the changes; markdown fits into a comment on a pull request',
    },
    { name: 'no-merge-base', help: 'compare with BASE itself, not with where HEAD left it' },
    {
      name: 'fail-on',
      value: 'WHAT',
      choices: ['nothing', 'new-errors', 'new-problems'],
      help: 'exit with 1 when there are any',
    },
    ...backstageOptions,
  ],
  examples: [
    ['callboard diff main', 'what the present branch changes, with what is not committed yet'],
    ['callboard diff origin/main HEAD --format markdown', 'in CI, for a comment'],
    ['callboard diff v1.0 v1.1 services --format json', 'one folder between two tags'],
  ],
};

export const graphCommand: CommandSpec = {
  name: 'graph',
  positionals: 'REF [DIR]',
  maxPositionals: 2,
  summary:
    'Draw what lies around an entity of the catalog around DIR (default: the current folder)',
  details: [
    AROUND,
    'REF is an entity ref; the namespace may be left out where it is default or only one entity fits, the kind where only one entity has the name. What is referred to and not in the catalog is drawn dashed.',
    'Each pair of relations is drawn once, from what depends on the other, belongs to it, or is owned by it; --direction out goes along these arrows, in against them.',
    backstageDetails,
    sourceDetails,
    settingsDetails,
  ],
  options: [
    {
      name: 'depth',
      value: 'N',
      help: 'how many relations may lie between REF and another entity (default: 1)',
    },
    {
      name: 'direction',
      value: 'DIRECTION',
      choices: graphDirections,
      help: 'which relations to follow',
    },
    {
      name: 'relations',
      value: 'TYPE',
      multiple: true,
      help: 'only these, such as dependsOn; either name of a pair will do, commas separate several',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['mermaid', 'dot', 'json'],
      help: 'how to print it: for Markdown, for Graphviz, for programs',
    },
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard graph component:shop', 'all that shop is related to'],
    [
      'callboard graph shop --direction in --depth 3 --relations dependsOn',
      'what depends on shop by dependsOn alone; callboard dependents follows all relations that matter',
    ],
    ['callboard graph system:sales --format dot | dot -Tsvg > sales.svg', 'a picture'],
  ],
};

export const dependentsCommand: CommandSpec = {
  name: 'dependents',
  positionals: 'REF [DIR]',
  maxPositionals: 2,
  summary:
    'List the entities that are affected if an entity of the catalog around DIR stops (default: the current folder)',
  details: [
    AROUND,
    'REF is an entity ref; the namespace may be left out where it is default or only one entity fits, the kind where only one entity has the name.',
    'Dependents are the entities that depend on REF, the APIs that it provides and their consumers, and its parts, direct and indirect. Ownership and membership do not count. The editor, the portal and agents show the same entities.',
    'Paths in the JSON output are relative to DIR. Exits with 0 when the dependents could be printed.',
    backstageDetails,
    sourceDetails,
    settingsDetails,
  ],
  options: [
    {
      name: 'depth',
      value: 'N',
      help: 'the maximum number of relations to follow (default: no limit)',
    },
    { name: 'format', value: 'FORMAT', choices: ['table', 'json'], help: 'how to print them' },
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard dependents component:shop', 'which owners to tell before shop changes'],
    ['callboard dependents shop --depth 1 --format json', 'direct dependents, for programs'],
  ],
};

export const searchCommand: CommandSpec = {
  name: 'search',
  positionals: 'QUERY [DIR]',
  maxPositionals: 2,
  summary:
    'Search all that is in DIR (default: the current folder): entities, docs, APIs, templates, people',
  details: [
    AROUND,
    'QUERY is what one types in the editor: words, which may be unfinished or misspelt, "phrases", -excluded words, and filters such as kind:api, type:service, owner:team-a, lifecycle:production, tag:java, system:sales and in:docs. A word with a dash before it stands behind --, as in callboard search -- "shop -legacy".',
    'Paths in the JSON output are relative to DIR, lines and characters of ranges begin at 0; what a result does not have is left out. score tells how well it matches beside the others of one answer. Exits with 0 when the results could be printed, also where there are none.',
    backstageDetails,
    sourceDetails,
    settingsDetails,
  ],
  options: [
    {
      name: 'in',
      value: 'TYPE',
      multiple: true,
      help: 'only results of this type: catalog, people, templates, docs, apis; commas separate several',
    },
    { name: 'limit', value: 'N', help: 'so many results at most (default: 20)' },
    { name: 'format', value: 'FORMAT', choices: ['table', 'json'], help: 'how to print them' },
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard search "paymnt servce"', 'the payment services, in spite of the typing'],
    ['callboard search "rotate keys" --in docs', 'where the documentation tells of it'],
    ["callboard search 'kind:api owner:team-a orders' services --format json", 'for programs'],
  ],
};

export const importCommand: CommandSpec = {
  name: 'import',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Draft descriptors for what has none in DIR (default: the current folder)',
  details: [
    'Looks for folders that hold a manifest (npm, Go, Maven, Gradle, Cargo, Python, .NET), a Dockerfile, a Helm chart, docs, definitions of APIs or a git repository. Name, type, tags, links and description come from there, the owner from CODEOWNERS. Nothing that is found there is run.',
    'Prints the drafts, and writes them with --write. Files that exist are never overwritten. What a descriptor above may cover, fixtures and the roots of repositories with several components are listed only. Exits with 1 when a file could not be written.',
    settingsDetails,
  ],
  options: [
    { name: 'dry-run', help: 'print the drafts and write nothing, which is the default' },
    { name: 'write', help: 'write a catalog-info.yaml for each draft' },
    {
      name: 'owner',
      value: 'REF',
      help: 'the owner of what nobody in CODEOWNERS owns (default: unknown)',
    },
    { name: 'format', value: 'FORMAT', choices: ['pretty', 'json'], help: 'how to print them' },
  ],
  examples: [
    ['callboard import', 'what would be written for the current folder'],
    ['callboard import services --write --owner team-a', 'write it'],
  ],
};
