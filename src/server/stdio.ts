import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { connectionLogger } from './connectionLogger';
import { LanguageServer, type LanguageServerDeps } from './languageServer';

/**
 * Serves a client on the standard streams until it ends the conversation or hangs up.
 *
 * @returns whether it took its leave, as the protocol wants it
 */
export async function serveOnStdio(
  deps: Omit<LanguageServerDeps, 'connection' | 'logger'>,
): Promise<boolean> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  const server = new LanguageServer({ ...deps, connection, logger: connectionLogger(connection) });
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
    process.stdin.on('end', end);
    process.stdin.on('close', end);
    server.listen();
  });
}
