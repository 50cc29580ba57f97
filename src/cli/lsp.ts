import { exitCodes, type RunCommand, UsageError } from './command';
import { readFolderSettings } from './openCatalog';

/** Serves an editor that speaks LSP. It is loaded for this command alone: it is as large as all others. */
export const runLsp: RunCommand = async ({ options }, context) => {
  if (!options.has('stdio')) throw new UsageError('lsp needs --stdio, the only way to talk to it');
  const { fileSystem, clock, version, workers, problemsPage } = context;
  const { serveOnStdio } = await import('../server/standalone');
  const hasShutDown = await serveOnStdio({
    fileSystem,
    clock,
    version,
    readSettings: roots => readFolderSettings(roots, context),
    loadDocs: async () => {
      const { DocsProvider } = await import('../server/docs');
      return new DocsProvider({ clock });
    },
    documentationOf: code => `${problemsPage}#${code}`,
    ...(workers && { workers: { pool: workers.pool, canRead: () => true } }),
  });
  return hasShutDown ? exitCodes.ok : exitCodes.problems;
};
