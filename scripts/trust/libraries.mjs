/**
 * Uses of processes, other machines and files by bundled packages that could use them.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const reasonsOfLibraries = {
  '@kwsites/file-exists': 'Tells simple-git whether its folder exists.',
  '@vscode/l10n': 'Reads the translated texts of the extension.',
  elkjs: 'Nothing: it starts a thread only where it is given a script for it.',
  fflate: 'Nothing: only its synchronous functions are called.',
  'simple-git': 'Starts git, for the rows above.',
  'vscode-jsonrpc':
    'Connects the language server to its client. `callboard lsp` has standard streams, and takes no port.',
  'vscode-languageclient': 'Starts the language server, for the row above.',
};
