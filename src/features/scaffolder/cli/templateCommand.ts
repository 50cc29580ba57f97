import { environmentOption } from '../../../cli/namedEnvironment';
import type { CommandSpec } from '../../../cli/options';

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
    environmentOption,
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
