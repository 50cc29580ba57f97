import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Standalone } from '../catalog/catalogSource';
import type { FindInSources } from '../catalog/sourceEntityFinder';
import { connectionLogger } from '../connectionLogger';
import { LanguageServer } from '../languageServer';
import { appConfigProvider } from './appConfigProvider';
import { WorkspaceCatalog, type WorkspaceCatalogDeps } from './workspaceCatalog';

export interface StdioDeps
  extends
    Omit<WorkspaceCatalogDeps, 'texts' | 'settings' | 'logger'>,
    Pick<Standalone, 'documentationOf' | 'loadDocs'> {
  readonly version: string;
  /** Messages of the client. */
  readonly input: NodeJS.ReadableStream;
  /** Ends the session. */
  readonly signal?: AbortSignal;
  /** Searches other machines for entities that aren't in the catalog. */
  readonly findInSources?: FindInSources;
}

/**
 * Serves a client on an input and the standard output until the client ends the session or disconnects.
 *
 * @returns whether the client ended the session properly, by the protocol
 */
export async function serveOnStdio(deps: StdioDeps): Promise<boolean> {
  const { input } = deps;
  // Given streams, the library ends the process when the client disconnects.
  const connection = createConnection(ProposedFeatures.all, input, process.stdout);
  const logger = connectionLogger(connection);
  const { fileSystem, clock, version, findInSources, documentationOf, loadDocs } = deps;
  const server = new LanguageServer({
    connection,
    fileSystem,
    clock,
    logger,
    version,
    standalone: {
      openCatalog: parts => new WorkspaceCatalog({ ...deps, ...parts, logger }),
      findInSources,
      appConfigProvider,
      documentationOf,
      loadDocs,
    },
  });
  return new Promise(resolve => {
    let hasShutDown = false;
    const end = (): void => {
      server.dispose();
      resolve(hasShutDown);
    };
    connection.onShutdown(() => {
      hasShutDown = true;
    });
    connection.onExit(end);
    input.on('end', end);
    input.on('close', end);
    deps.signal?.addEventListener('abort', end);
    server.listen();
  });
}
