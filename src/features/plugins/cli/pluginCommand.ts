import { formatOption } from '../../../cli/commands/sharedOptions';
import type { CommandSpec } from '../../../cli/options';

export const pluginNewCommand: CommandSpec = {
  name: 'plugin new',
  positionals: 'NAME',
  maxPositionals: 1,
  summary: 'Create a plugin with a check, a command and tests',
  details: [
    'Runs the golden path "Callboard plugin". NAME is the name of the extension: lowercase, with hyphens. The folder must be new or empty. Run npm install and npm test there.',
  ],
  options: [
    { name: 'out', value: 'DIR', help: 'The folder to write to. Default: NAME.' },
    { name: 'publisher', value: 'ID', help: 'Your publisher in the Marketplace. Default: local.' },
    { name: 'owner', value: 'REF', help: 'The team that maintains it. Default: unknown.' },
    { name: 'title', value: 'TEXT', help: 'Display name in VS Code. Default: NAME.' },
    { name: 'description', value: 'TEXT', help: 'Purpose in one sentence.' },
  ],
  examples: [
    ['callboard plugin new runbooks', 'create the folder runbooks'],
    [
      'callboard plugin new runbooks --publisher acme --owner team-a --out extensions/runbooks',
      'create a plugin of a team',
    ],
  ],
};

export const pluginCheckCommand: CommandSpec = {
  name: 'plugin check',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Check the manifest of a plugin',
  details: [
    'Checks package.json in DIR (default: the current folder): fields that VS Code needs, the dependency on Callboard, and files that it names. No code of the plugin runs. Exits with 1 on errors.',
  ],
  options: [formatOption(['pretty', 'json'])],
  examples: [['callboard plugin check', 'check the plugin in the current folder']],
};

export const pluginPackCommand: CommandSpec = {
  name: 'plugin pack',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Pack a plugin as a .vsix',
  details: [
    'Checks the plugin in DIR (default: the current folder), then packs the files that .vscodeignore includes or "files" in package.json lists, without node_modules. Build and bundle the plugin first: no script of it runs. The same files always produce the same .vsix.',
  ],
  options: [
    {
      name: 'out',
      value: 'FILE',
      help: 'The file to write; it must not exist. Default: NAME-VERSION.vsix in DIR.',
    },
  ],
  examples: [
    ['callboard plugin pack', 'pack the plugin in the current folder'],
    ['callboard plugin pack plugins/runbooks --out runbooks.vsix', 'pack another folder'],
  ],
};

export const pluginCommand: CommandSpec = {
  name: 'plugin',
  positionals: '',
  maxPositionals: 0,
  summary: 'Create, check and pack plugins',
  details: ['See docs/extending.md for how plugins work.'],
  options: [],
  examples: [],
  subcommands: [pluginNewCommand, pluginCheckCommand, pluginPackCommand],
};
