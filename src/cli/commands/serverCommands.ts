import type { CommandSpec } from '../options';
import { settingsDetails } from './catalogCommands';
import { backstageOptions, pluginOptions, sourceOptions } from './sharedOptions';

export const lspCommand: CommandSpec = {
  name: 'lsp',
  positionals: '',
  maxPositionals: 0,
  summary: 'Start a language server for editors',
  details: [
    "Provides diagnostics, completion, hovers, navigation, rename and more for descriptors in Neovim, Helix, JetBrains IDEs, Emacs and other editors with the Language Server Protocol. The catalog is that of the editor's open folders. See docs/editors.md for the configuration of each editor.",
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
    'Provides tools to search the catalog and docs of DIR (default: the current folder), to get an entity, its owner or the owner of a file, to find dependents, and to validate descriptors. Answers cite file and line. See docs/agents.md for the configuration of each client.',
    'DIR is a workspace folder, as opened in the editor. Use the root of the repository for a catalog of the whole repository.',
    'The tools change nothing. They run no code of the workspace, and fetch only from --source. They check files for changes before each answer.',
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
