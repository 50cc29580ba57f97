import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../package.json';
import { NodeClock, NodeFileSystem } from './platform/node';
import { connectionLogger, LanguageServer } from './server';

/*
 * The language server that the editor starts, which has the catalog; `callboard lsp` starts the same with a
 * catalog of its own for others.
 */

const connection = createConnection(ProposedFeatures.all);
new LanguageServer({
  connection,
  fileSystem: new NodeFileSystem(),
  clock: new NodeClock(),
  logger: connectionLogger(connection),
  version,
}).listen();
