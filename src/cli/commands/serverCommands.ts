import type { CommandSpec } from '../options';
import { settingsDetails } from './catalogCommands';
import { backstageOptions, pluginOptions, sourceOptions } from './sharedOptions';

export const lspCommand: CommandSpec = {
  name: 'lsp',
  positionals: '',
  maxPositionals: 0,
  summary: 'Start a language server for editors',
  details: [
    'Provides diagnostics, completion, hovers, navigation, rename and more for descriptors in editors with the Language Server Protocol, such as Neovim, Helix, JetBrains IDEs and Emacs. The catalog is that of the open folders. See docs/editors.md.',
    '--sources-of-settings reads the settings of the folder that the server is started in.',
    settingsDetails,
  ],
  options: [
    { name: 'stdio', help: 'Use standard input and output.' },
    ...pluginOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard lsp --stdio', 'the command for the editor to start'],
    [
      'callboard lsp --stdio --source backstage+https://backstage.acme.org',
      "resolve references in the company's Backstage, too",
    ],
  ],
};

export const mcpCommand: CommandSpec = {
  name: 'mcp',
  positionals: '[DIR]',
  maxPositionals: 1,
  summary: 'Start a Model Context Protocol server for coding agents',
  details: [
    'Provides tools to search the catalog and docs of DIR (default: the current folder), to get an entity, its owner or the owner of a file, to find dependents, and to validate descriptors. Answers cite file and line. See docs/agents.md.',
    'DIR is a workspace folder, as opened in the editor.',
    'The tools change nothing. They run no code of the workspace, and fetch only from --source.',
    settingsDetails,
    'The first response waits until each source has been fetched once.',
  ],
  options: [
    { name: 'stdio', help: 'Use standard input and output.' },
    ...pluginOptions,
    ...backstageOptions,
    ...sourceOptions,
  ],
  examples: [
    ['callboard mcp --stdio', 'the command for an agent to start in its working folder'],
    ['callboard mcp --stdio ~/work/shop', 'serve another folder'],
  ],
};
