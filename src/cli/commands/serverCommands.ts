import { backstageDetails, backstageOptions } from '../backstage';
import { followedDetails, sourceOptions } from '../catalog/sources';
import type { CommandSpec } from '../options';
import { settingsDetails } from './catalogCommands';

export const lspCommand: CommandSpec = {
  name: 'lsp',
  positionals: '',
  maxPositionals: 0,
  summary: 'Serve an editor that speaks the Language Server Protocol',
  details: [
    'For Neovim, Helix, JetBrains IDEs, Emacs and all others: diagnostics, completion, hovers, navigation, rename and more in descriptors, from the catalog of the folders that the editor has open. docs/editors.md has a configuration for each.',
    `${followedDetails} The folder of --sources-of-settings is that which the server is started in.`,
    settingsDetails,
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
    'DIR is a workspace, as a folder that one opens in the editor: descriptors beside it in its repository are not read. Give the root of the repository for all of it.',
    'The tools only read, and nothing outside of DIR but what its catalog is made of. Nothing that is found there is run, and nothing is fetched but what --source names. Before each answer the files are looked at again.',
    backstageDetails,
    `${followedDetails} The first answer waits until each of them was there once.`,
    settingsDetails,
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
