import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { version } from '../package.json';
import { defaultCatalogOptions } from './core/catalog';
import { NodeClock, NodeFileSystem } from './node';
import { connectionLogger, LanguageServer } from './server';

/* The language server that the editor starts; `callboard lsp` starts the same for others. */

const connection = createConnection(ProposedFeatures.all);
new LanguageServer({
  connection,
  fileSystem: new NodeFileSystem(),
  clock: new NodeClock(),
  logger: connectionLogger(connection),
  version,
  // The editor has the catalog and its settings.
  readOptions: () => Promise.resolve(defaultCatalogOptions),
  documentationOf: () => undefined,
}).listen();
