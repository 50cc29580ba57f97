import {
  environmentOption,
  formatOption,
  declaringPluginOption,
  pluginOptions,
} from '../../../cli/commands/sharedOptions';
import type { CommandSpec, OptionSpec } from '../../../cli/options';

const values: OptionSpec = {
  name: 'values',
  value: 'FILE',
  help: "Values of the template's parameters, as JSON or YAML.",
};
const secrets: OptionSpec = {
  name: 'secrets',
  value: 'FILE',
  help: 'Secrets by name, as JSON or YAML. Never printed.',
};
const catalog: OptionSpec = {
  name: 'catalog',
  value: 'DIR',
  help: 'The folder whose catalog catalog:fetch searches.',
};
const config: OptionSpec = {
  name: 'config',
  value: 'APP_CONFIG',
  multiple: true,
  help: 'The app-config.yaml of a Backstage, for integrations and scaffolder.defaultEnvironment. Later configs override earlier ones.',
};
const allowHost: OptionSpec = {
  name: 'allow-host',
  value: 'HOST',
  multiple: true,
  help: 'Allow the template to fetch from this host: github.com, *.acme.org, localhost:8080.',
};
export const templateRunCommand: CommandSpec = {
  name: 'template run',
  positionals: 'TEMPLATE --values FILE (--out DIR | --dry-run)',
  maxPositionals: 1,
  summary: 'Create a project from a template',
  details: [
    'Produces the same files, outputs and messages as a dry run in Backstage. TEMPLATE is a file with one Template of scaffolder.backstage.io/v1beta3, a folder with a template.yaml, or the ref of a template of a plugin. It can read files of its own repository or plugin, and of hosts allowed with --allow-host. No code of the template runs. Without --publish, actions that publish or register are skipped.',
    'The folder of --out must be new or empty. It is written after all steps succeeded: a failed or interrupted run changes nothing. With --dry-run, nothing is written, and --format json prints the files in directoryContents.',
    '--publish makes the published folder a git repository with a commit. --remote pushes it to an empty repository, or as the branch of a pull request. --branch commits to a new branch of the repository that contains --out. Without either, a token for the host of the step (GITHUB_TOKEN or GITLAB_TOKEN) creates the repository or pull request there; otherwise the folder stays local. Steps that open pull requests need one of the three. catalog:register adds a target to the Location in the file of --location. No git hooks run.',
    '--record writes .callboard/template.yaml with the template, its version, the values without secrets, and the created files, for callboard template update.',
    'Exit codes: 0 if the template succeeded, 1 if it failed, 2 if the command line is wrong.',
  ],
  options: [
    values,
    secrets,
    { name: 'out', value: 'DIR', help: 'The folder to write to.' },
    { name: 'dry-run', help: 'Write nothing.' },
    { name: 'publish', help: 'Publish and register the created project.' },
    {
      name: 'remote',
      value: 'URL',
      help: 'The repository to push to: an https or ssh address, or a path.',
    },
    {
      name: 'branch',
      value: 'NAME',
      help: 'A new branch to commit to and check out, in the repository that contains --out.',
    },
    {
      name: 'location',
      value: 'FILE',
      help: 'The file with the Location that catalog:register adds to. Default: catalog:register changes no file.',
    },
    { name: 'record', help: 'Record the template in the created project.' },
    catalog,
    config,
    environmentOption,
    allowHost,
    ...pluginOptions,
    formatOption(['pretty', 'json']),
  ],
  examples: [
    [
      'callboard template run templates/service --values values.yaml --out ../shop',
      'create a service',
    ],
    [
      'callboard template run template.yaml --values values.json --dry-run --format json',
      'print the created files',
    ],
    [
      'callboard template run service --values values.yaml --out ../shop --publish --remote git@git.example.com:acme/shop.git',
      'create a service, commit and push it',
    ],
  ],
};

export const templateTestCommand: CommandSpec = {
  name: 'template test',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Run the tests of templates',
  details: [
    'Runs the tests in DIR (default: the current folder), files named *.callboard-test.yaml, as dry runs, and prints the lines that differ from the expected output. DIR can be one file. See docs/templates.md.',
    '--update prints the files that it will write and remove, then updates the golden folders.',
    'Exit codes: 0 if all tests passed, 1 if a test failed or could not be read, 2 if the command line is wrong.',
  ],
  options: [
    { name: 'update', help: 'Accept the output as the expected output.' },
    ...pluginOptions,
    formatOption(['pretty', 'json', 'github', 'junit']),
  ],
  examples: [
    ['callboard template test', 'run all tests of the current folder'],
    ['callboard template test templates --update', 'accept the current output'],
  ],
};

export const templateUpdateCommand: CommandSpec = {
  name: 'template update',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Update a project with the changes of its template',
  details: [
    'Runs the current version of the template that DIR (default: the current folder) was created from, with the recorded values, and updates, adds or removes unchanged files. Changed files are merged; their original version comes from the git history of DIR or of the template.',
    'Updates all files or none. If changes conflict, nothing is written unless --conflicts is given. Files to merge into must be committed, unless --allow-dirty is given.',
    "Templates of Callboard, DIR's repository and plugins are found automatically. Use --template for others.",
    'Exit codes: 0 if DIR is up to date, 1 if it is not or if there are conflicts, 2 if the command line is wrong.',
  ],
  options: [
    { name: 'check', help: 'Print the changes without writing them.' },
    { name: 'template', value: 'PATH', help: 'The template to run.' },
    { ...values, help: 'Values that replace recorded ones, as JSON or YAML.' },
    secrets,
    {
      name: 'conflicts',
      value: 'WHAT',
      choices: ['refuse', 'skip', 'markers'],
      help: 'What to do with conflicts: write nothing, skip files with conflicts, or write conflict markers.',
    },
    { name: 'allow-dirty', help: 'Merge into files with uncommitted changes.' },
    catalog,
    config,
    environmentOption,
    allowHost,
    ...pluginOptions,
    formatOption(['pretty', 'json']),
  ],
  examples: [
    ['callboard template update --check', 'check in CI whether the template has changed'],
    ['callboard template update --conflicts markers', 'update and resolve conflicts by hand'],
  ],
};

export const templateListCommand: CommandSpec = {
  name: 'template list',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'List templates',
  details: [
    'Lists the templates in the catalog of DIR (default: the current folder) and of its plugins. template run accepts the files, and the refs of those of plugins.',
  ],
  options: [
    { name: 'all', help: 'Include the templates that come with Callboard.' },
    declaringPluginOption,
    formatOption(['table', 'json']),
  ],
  examples: [['callboard template list --all', 'list all templates to start from']],
};

export const templateCommand: CommandSpec = {
  name: 'template',
  positionals: '',
  maxPositionals: 0,
  summary: 'Run, test, update or list software templates',
  details: [],
  options: [],
  examples: [],
  subcommands: [
    templateRunCommand,
    templateTestCommand,
    templateUpdateCommand,
    templateListCommand,
  ],
};
