import { resolve } from 'node:path';
import { DisposableStore } from '../../../base';
import { readBackstageSetup } from '../../../cli/backstage';
import { followSources } from '../../../cli/catalog/followedSources';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { printable } from '../../../cli/output/style';
import { pathToFileUri } from '../../../platform/node';

/** Runs the MCP server. Loaded by this command only. */
export const runMcp: RunCommand = async (parsed, context) => {
  const { positionals, options } = parsed;
  const { fileSystem, terminal, version, signal } = context;
  if (!options.has('stdio')) throw new UsageError('mcp needs --stdio');
  const [directory = '.'] = positionals;
  const root = pathToFileUri(resolve(context.cwd, directory));
  const stat = await fileSystem.stat(root);
  if (stat?.type !== 'directory') {
    throw new UsageError(
      stat ? `${directory} isn't a folder` : `Can't find the folder ${directory}`,
    );
  }
  const backstage = await readBackstageSetup(parsed, context);
  const sources = await followSources(parsed, context, root);
  const onError = (message: string): void =>
    terminal.writeError(`callboard: ${printable(message)}`);
  const store = new DisposableStore();
  store.add(sources);
  try {
    const [{ serveMcpOnStdio }, { AgentWorkspace }] = await Promise.all([
      import('./serveMcp'),
      import('./agentWorkspace'),
    ]);
    const workspace = store.add(
      new AgentWorkspace({ context: sources.context, root, backstage, sources }),
    );
    // Starts reading early. Errors are reported with the first answer.
    workspace.open().catch(() => undefined);
    await serveMcpOnStdio({
      version,
      hasSources: !sources.isEmpty,
      services: until => workspace.services(until),
      // Plugins are known once the folder is read.
      pluginTools: until => workspace.pluginTools(until),
      onError,
      signal,
    });
  } finally {
    store.dispose();
  }
  return signal.aborted ? exitCodes.interrupted : exitCodes.ok;
};
