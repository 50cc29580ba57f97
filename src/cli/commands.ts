import { backstageDetails, backstageOptions } from './backstage';
import { docsFormats } from './docsFormats';
import { graphDirections } from './graph';
import type { CommandSpec } from './options';
import { problemFormats } from './problemFormats';
import { followedDetails, sourceDetails, sourceOptions } from './sources';

const settings =
  'The settings callboard.* of the editor apply, read from .vscode/settings.json in the folder, so that editor and CI agree.';

export const entitiesCommand: CommandSpec = {
  name: 'entities',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'List the entities of the catalog in DIR (default: the current folder)',
  details: [
    'Descriptors are found by their content, in every .yaml and .yml file that is not ignored. Exits with 0 when the entities could be printed, whatever the problems.',
    backstageDetails,
    sourceDetails,
    settings,
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
    'A folder is a catalog: all descriptors below it are read, and references are looked up among them. Several folders make one catalog. A file is checked as a part of the catalog around it: of a folder that is also given, else of the git repository that it is in, else of the current folder. Only problems in the given paths are reported and counted.',
    'Exits with 0 when all is well, 1 on errors or on more than N warnings, 2 when the command line is wrong.',
    backstageDetails,
    `${sourceDetails} What is wrong there is reported where no PATH is given; else only the given paths are.`,
    settings,
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
  summary: 'Draw what lies around an entity of the catalog in DIR (default: the current folder)',
  details: [
    'REF is an entity ref; the namespace may be left out where it is default or only one entity fits, the kind where only one entity has the name. What is referred to and not in the catalog is drawn dashed.',
    'Each pair of relations is drawn once, from what depends on the other, belongs to it, or is owned by it; --direction out goes along these arrows, in against them.',
    backstageDetails,
    sourceDetails,
    settings,
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
      'what would notice if shop broke',
    ],
    ['callboard graph system:sales --format dot | dot -Tsvg > sales.svg', 'a picture'],
  ],
};

export const searchCommand: CommandSpec = {
  name: 'search',
  positionals: 'QUERY [DIR]',
  maxPositionals: 2,
  summary:
    'Search all that is in DIR (default: the current folder): entities, docs, APIs, templates, people',
  details: [
    'QUERY is what one types in the editor: words, which may be unfinished or misspelt, "phrases", -excluded words, and filters such as kind:api, type:service, owner:team-a, lifecycle:production, tag:java, system:sales and in:docs. A word with a dash before it stands behind --, as in callboard search -- "shop -legacy".',
    'Paths in the JSON output are relative to DIR, lines and characters of ranges begin at 0; what a result does not have is left out. score tells how well it matches beside the others of one answer. Exits with 0 when the results could be printed, also where there are none.',
    backstageDetails,
    sourceDetails,
    settings,
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
    settings,
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

export const docsCommand: CommandSpec = {
  name: 'docs',
  positionals: 'build [DIR] --out OUT | check [DIR] | render FILE.md',
  maxPositionals: 2,
  summary: 'Build and check docs, or render a page of them, as TechDocs does',
  details: [
    'build makes a static site of the docs in DIR (default: the current folder): of its mkdocs.yml, else of its folder docs or its README.md. It has the pages, addresses, search index and techdocs_metadata.json that TechDocs has, so that OUT can be published to its storage, and a theme of its own that loads nothing from elsewhere, so that any web server can serve it. Neither Python nor Docker is needed; hooks, templates and plugins that MkDocs would run are not.',
    'OUT may be new, empty, or of an earlier build, of which only what is different is written and what is gone is removed. Anything else is left alone, unless --clean says that it may go. SOURCE_DATE_EPOCH is the time of the build where it is set. Exits with 1, and writes nothing, when the config has errors; links that lead nowhere are warnings.',
    'check finds the sites in DIR (default: the current folder), by their mkdocs.yml and by what entities say, and tells what MkDocs would say of them while it builds them, at the levels that validation: in mkdocs.yml sets, and more: links to pages, anchors and pictures that are not there, entries of the navigation without a page, pages that it leaves out, ids that are there twice, includes that find nothing. DIR can be a mkdocs.yml, for its site alone. Nothing of what a site loads or runs is loaded or run.',
    'check exits with 0 when MkDocs would build the sites, 1 on errors; with --strict, and for a site whose mkdocs.yml says strict: true, on warnings as well. Paths in the JSON output are relative to DIR.',
    'render prints the HTML of the body of one page, as Python-Markdown renders it with what techdocs-core sets and what the nearest mkdocs.yml, with all that it inherits, adds in markdown_extensions. Neither Python nor Docker is needed, and no program is run: diagrams come out as their source, with an attribute data-diagram that names what draws them.',
    'The HTML is not sanitised: what the page says in HTML is in it, scripts included, as with mkdocs, and so it is in what build makes. Files that a page includes are read below the folder of the mkdocs.yml, or of the page where there is none. What could not be included is told on the standard error stream; the page is printed without it.',
  ],
  options: [
    {
      name: 'format',
      value: 'FORMAT',
      choices: [...docsFormats.keys()],
      help: 'how check prints what it found',
    },
    { name: 'strict', help: 'have check exit with 1 on warnings, and build build nothing then' },
    { name: 'out', value: 'OUT', help: 'the folder that the site is built into' },
    { name: 'clean', help: 'empty OUT first, whatever is in it but what begins with a dot' },
    {
      name: 'site-name',
      value: 'NAME',
      help: 'the name of a site without a mkdocs.yml (default: that of the folder)',
    },
    {
      name: 'etag',
      value: 'ETAG',
      help: 'what TechDocs knows the sources by, such as the commit, for techdocs_metadata.json',
    },
  ],
  examples: [
    ['callboard docs build --out site', 'the docs of the current folder'],
    [
      'callboard docs build services/a --out out/a --strict --etag "$GITHUB_SHA"',
      'in CI, to be published to the storage of TechDocs',
    ],
    ['callboard docs check', 'all docs of the current folder'],
    ['callboard docs check services/a --strict --format github', 'in CI, before merge'],
    ['callboard docs render docs/index.md > index.html', 'a page, to look at or compare'],
  ],
};

export const templateCommand: CommandSpec = {
  name: 'template',
  positionals: 'run TEMPLATE --values FILE --out DIR | test [DIR] | update [DIR] | list [DIR]',
  maxPositionals: 2,
  summary: 'Run, test and list software templates, and bring projects up to date with them',
  details: [
    "run gives what the dry run of a Backstage gives: the same files, outputs and messages. TEMPLATE is a file with one Template of scaffolder.backstage.io/v1beta3, or the folder of its template.yaml. What it fetches is read from the Template's repository, and by https from the hosts that --allow-host names; nothing that it brings along is run. Actions that publish or register are passed over, as a dry run does it, unless there is --publish.",
    'OUT is a new folder or an empty one. It is written to when all steps are done; a run that fails or is interrupted leaves it as it was. With --dry-run nothing is written, and --format json carries the files in directoryContents.',
    'With --publish, the folder that a publish: action publishes becomes a git repository with a commit; with --remote, that is pushed, to an empty repository, or as a branch of a pull request; with --branch, it is a commit on a new branch of the repository that DIR lies in. Without either, and where GITHUB_TOKEN or GITLAB_TOKEN is set, the host that the step names is asked for the repository or pull request. catalog:register adds to the Location in the file --location. No hooks are run; a run or a push that fails leaves everything here as it was.',
    'run exits with 0 when the Template ran to its end, 1 when it failed, 2 when the command line is wrong.',
    'test runs all tests in DIR (default: the current folder), in files whose names end with .callboard-test.yaml, as dry runs, and tells what came out otherwise than they expect, with the lines that differ. DIR can be such a file. docs/templates.md says what stands in one.',
    'With --update, folders of golden files are brought up to date, after what is written and removed was told. test exits with 0 when all tests passed, 1 when one failed or cannot be read, 2 when the command line is wrong.',
    'With --record, run also writes .callboard/template.yaml into OUT: the Template with its version, the values that it was given, without secrets, and what it made. It is not among the files in the JSON, which names it as record.',
    'update runs the Template that DIR (default: the current folder) was made from, as it is today, with the values of the record, and brings what it has gained since into DIR: files that were left as they were are updated, added and removed, and those that were changed are merged. What is found on neither side any more is looked for in the history of DIR in git, and in that of the Template. All is done, or nothing; where changes conflict, nothing, unless --conflicts says otherwise. What was changed in DIR must be committed before it is merged into.',
    'update finds Templates that come with Callboard and those of the repository of DIR by itself; of others, --template says where a copy lies. With --check nothing is written. It exits with 0 when DIR is up to date, 1 when it is not or conflicts are to be decided, 2 when the command line is wrong.',
    'list tells the Templates of the catalog in DIR (default: the current folder); with --all also those that come with Callboard, whose files run takes as well.',
  ],
  options: [
    {
      name: 'values',
      value: 'FILE',
      help: 'JSON or YAML: what the form of the template would give; for update, in the place of values of the record',
    },
    {
      name: 'secrets',
      value: 'FILE',
      help: 'JSON or YAML: secrets by name; they are never printed',
    },
    { name: 'out', value: 'DIR', help: 'the folder that is written to' },
    { name: 'dry-run', help: 'write nothing' },
    { name: 'publish', help: 'have run publish and register what it makes' },
    {
      name: 'remote',
      value: 'URL',
      help: 'what is pushed to: an address with https or ssh, or a path',
    },
    {
      name: 'branch',
      value: 'NAME',
      help: 'a new branch of the git repository around DIR that gets the commit, and is checked out',
    },
    {
      name: 'location',
      value: 'FILE',
      help: 'the file with the Location that catalog:register adds to (default: none is needed)',
    },
    {
      name: 'catalog',
      value: 'DIR',
      help: 'the folder whose catalog has the entities that catalog:fetch looks for',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['pretty', 'json', 'table', 'github', 'junit'],
      help: 'how to print the result: run pretty or json, test also github or junit, list table or json',
    },
    {
      name: 'config',
      value: 'APP_CONFIG',
      multiple: true,
      help: "a Backstage's app-config.yaml, whose integrations and scaffolder.defaultEnvironment run and update know; several are laid over each other in this order",
    },
    {
      name: 'allow-host',
      value: 'HOST',
      multiple: true,
      help: 'a host that run and update may fetch from: github.com, *.acme.org, localhost:8080',
    },
    { name: 'record', help: 'have run note what DIR is made from, for update' },
    { name: 'check', help: 'have update tell what it would do, and write nothing' },
    { name: 'template', value: 'PATH', help: 'where the template lies that update is to run' },
    {
      name: 'conflicts',
      value: 'WHAT',
      choices: ['refuse', 'skip', 'markers'],
      help: 'what update does where changes conflict: nothing at all, leave those files as they are, or write both with markers',
    },
    {
      name: 'allow-dirty',
      help: 'have update merge into files whose changes are not committed',
    },
    { name: 'update', help: 'have test write what came out into the golden folders' },
    { name: 'all', help: 'have list name the templates that come with Callboard, too' },
  ],
  examples: [
    [
      'callboard template run templates/service --values values.yaml --out ../shop',
      'scaffold a service',
    ],
    [
      'callboard template run template.yaml --values values.json --dry-run --format json',
      'what it would write, for a test',
    ],
    [
      'callboard template run service --values values.yaml --out ../shop --publish --remote git@git.example.com:acme/shop.git',
      'scaffold it, commit it and push it',
    ],
    ['callboard template test', 'all tests of templates of the current folder'],
    ['callboard template test templates --update', 'take what came out for right'],
    ['callboard template update --check', 'in CI: has the template of this project moved on?'],
    ['callboard template update --conflicts markers', 'bring in what it has gained'],
    ['callboard template list --all', 'what there is to start from'],
  ],
};

export const lspCommand: CommandSpec = {
  name: 'lsp',
  positionals: '',
  maxPositionals: 0,
  summary: 'Serve an editor that speaks the Language Server Protocol',
  details: [
    'For Neovim, Helix, JetBrains IDEs, Emacs and all others: diagnostics, completion, hovers, navigation, rename and more in descriptors, from the catalog of the folders that the editor has open. docs/editors.md has a configuration for each.',
    `${followedDetails} The folder of --sources-of-settings is that which the server is started in.`,
    settings,
  ],
  options: [{ name: 'stdio', help: 'talk over the standard streams' }, ...sourceOptions],
  examples: [
    ['callboard lsp --stdio', 'what the editor is to start'],
    [
      'callboard lsp --stdio --source backstage+https://backstage.acme.org',
      'references to what the company has, too',
    ],
  ],
};

export const mcpCommand: CommandSpec = {
  name: 'mcp',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Serve an agent that speaks the Model Context Protocol, about DIR',
  details: [
    'For coding agents in any editor or terminal: tools that search the catalog and the docs in DIR (default: the current folder), and tell what an entity is, who owns it or a file, what depends on it, and what is wrong with descriptors. Answers cite file and line. docs/agents.md has a configuration for each client.',
    'The tools only read, and nothing outside of DIR but what its catalog is made of. Nothing that is found there is run, and nothing is fetched but what --source names. Before each answer the files are looked at again.',
    backstageDetails,
    `${followedDetails} The first answer waits until each of them was there once.`,
    settings,
  ],
  options: [
    { name: 'stdio', help: 'talk over the standard streams' },
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard mcp --stdio', 'what an agent is to start, in the folder that it works in'],
    ['callboard mcp --stdio ~/work/shop', 'about another folder'],
  ],
};

export const commands: readonly CommandSpec[] = [
  entitiesCommand,
  validateCommand,
  diffCommand,
  graphCommand,
  searchCommand,
  importCommand,
  docsCommand,
  templateCommand,
  lspCommand,
  mcpCommand,
];
