import { type FollowedSources, followSources } from '../../../cli/catalog/followedSources';
import { readFolderSettings } from '../../../cli/catalog/openCatalog';
import { openPlugins, pluginLayers } from '../../../cli/catalog/openPlugins';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { limitedMessages, pathToFileUri } from '../../../platform/node';

/** Serves an LSP client. Loaded for this command only: it is as large as all others together. */
export const runLsp: RunCommand = async (parsed, world) => {
  if (!parsed.options.has('stdio')) throw new UsageError('lsp needs --stdio');
  const sources = await followSources(parsed, world, pathToFileUri(world.cwd));
  try {
    return await serve(sources);
  } finally {
    sources.dispose();
  }
};

async function serve(sources: FollowedSources): Promise<number> {
  const { context } = sources;
  const onError = (message: string): void => context.terminal.writeError(`callboard: ${message}`);
  const { fileSystem, clock, version, problemsPage, signal, openProblems } = context;
  let roots: readonly string[] = [];
  const { serveOnStdio } = await import('../../../server/standalone');
  const hasShutDown = await serveOnStdio({
    fileSystem,
    clock,
    version,
    input: process.stdin.pipe(limitedMessages(onError)),
    signal,
    openProblems,
    // Completion doesn't wait for sources.
    ...(!sources.isEmpty && {
      connectSources: engine => void sources.connect(engine),
      findInSources: (query, options) => sources.findEntities(query, { ...options, isAside: true }),
    }),
    openPlugins: (catalog, { roots, fileSystem: files }) =>
      openPlugins(catalog, roots, { ...context, fileSystem: files }),
    findPluginLayers: (roots, files) => pluginLayers(roots, { ...context, fileSystem: files }),
    readSettings: async folders => {
      roots = folders;
      return readFolderSettings(folders, context);
    },
    loadDocs: async settings => {
      const { DocsProvider } = await import('../../techdocs/language');
      const { clientTechDocsCore } = await import('../../../cli/docsGenerator');
      return new DocsProvider({
        clock,
        techDocsCoreOf: folder => clientTechDocsCore(folder, { settings, roots, context }),
      });
    },
    documentationOf: code => `${problemsPage}#${code}`,
  });
  return hasShutDown ? exitCodes.ok : exitCodes.problems;
}
