import { errorMessage } from '../base';
import { upgradeCommand } from '../features/authoring/cli/upgradeCommand';
import {
  pluginCheckCommand,
  pluginNewCommand,
  pluginPackCommand,
} from '../features/plugins/cli/pluginCommand';
import {
  templateListCommand,
  templateRunCommand,
  templateTestCommand,
  templateUpdateCommand,
} from '../features/scaffolder/cli/templateCommand';
import {
  modelCheckCommand,
  modelDiffCommand,
  modelExportCommand,
  modelPrintCommand,
} from '../features/catalog/cli/modelCommand';
import {
  docsBuildCommand,
  docsCheckCommand,
  docsRenderCommand,
} from '../features/techdocs/cli/docsCommand';
import {
  type CommandContext,
  exitCodes,
  FailedError,
  type RunCommand,
  UsageError,
} from './command';
import { commands } from './commands/allCommands';
import {
  dependentsCommand,
  diffCommand,
  entitiesCommand,
  graphCommand,
  importCommand,
  ownerCommand,
  searchCommand,
  validateCommand,
} from './commands/catalogCommands';
import { completionCommand } from './commands/helpCommands';
import { lspCommand, mcpCommand } from './commands/serverCommands';
import { answerOf, type CommandSpec, formatProgramHelp, parseCommandLine } from './options';
import { printable } from './output/style';
import { runOrReplay } from './replay/replay';
import type { Terminal } from './terminal';

/** Runners of commands, loaded on demand: help and version need none. */
const runners = new Map<CommandSpec, () => Promise<RunCommand>>([
  [entitiesCommand, async () => (await import('../features/catalog/cli/entities')).runEntities],
  [validateCommand, async () => (await import('../features/catalog/cli/validate')).runValidate],
  [diffCommand, async () => (await import('../features/catalog/cli/diff')).runDiff],
  [graphCommand, async () => (await import('../features/catalog/cli/graph')).runGraph],
  [
    dependentsCommand,
    async () => (await import('../features/catalog/cli/dependents')).runDependents,
  ],
  [ownerCommand, async () => (await import('../features/agents/cli/owner')).runOwner],
  [searchCommand, async () => (await import('../features/search/cli/search')).runSearch],
  [importCommand, async () => (await import('../features/authoring/cli/import')).runImport],
  [upgradeCommand, async () => (await import('../features/authoring/cli/upgrade')).runUpgrade],
  [modelCheckCommand, async () => (await import('../features/catalog/cli/model')).runModelCheck],
  [modelPrintCommand, async () => (await import('../features/catalog/cli/model')).runModelPrint],
  [modelDiffCommand, async () => (await import('../features/catalog/cli/model')).runModelDiff],
  [
    modelExportCommand,
    async () => (await import('../features/catalog/cli/modelExport')).runModelExport,
  ],
  [docsBuildCommand, async () => (await import('../features/techdocs/cli/docsBuild')).runDocsBuild],
  [docsCheckCommand, async () => (await import('../features/techdocs/cli/docsCheck')).runDocsCheck],
  [
    docsRenderCommand,
    async () => (await import('../features/techdocs/cli/docsRender')).runDocsRender,
  ],
  [
    templateRunCommand,
    async () => (await import('../features/scaffolder/cli/templateRun')).runTemplateRun,
  ],
  [
    templateTestCommand,
    async () => (await import('../features/scaffolder/cli/templateTest')).runTemplateTest,
  ],
  [
    templateUpdateCommand,
    async () => (await import('../features/scaffolder/cli/templateUpdate')).runTemplateUpdate,
  ],
  [
    templateListCommand,
    async () => (await import('../features/scaffolder/cli/templateList')).runTemplateList,
  ],
  [
    pluginNewCommand,
    async () => (await import('../features/scaffolder/cli/pluginNew')).runPluginNew,
  ],
  [
    pluginCheckCommand,
    async () => (await import('../features/plugins/cli/pluginCheck')).runPluginCheck,
  ],
  [
    pluginPackCommand,
    async () => (await import('../features/plugins/cli/pluginPack')).runPluginPack,
  ],
  [lspCommand, async () => (await import('../features/authoring/cli/lsp')).runLsp],
  [mcpCommand, async () => (await import('../features/agents/cli/mcp')).runMcp],
  [completionCommand, async () => (await import('./completion/completion')).runCompletion],
]);

/**
 * Runs a command line. Never throws.
 *
 * @param args - arguments after the program's name
 * @returns the exit code
 */
export async function runCommandLine(
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  const { terminal, signal, version } = context;
  let name: string | undefined;
  try {
    const parsed = parseCommandLine(args, commands);
    if (!parsed.ok) {
      name = parsed.error.command;
      throw new UsageError(parsed.error.message);
    }
    const { command } = parsed.value;
    name = command?.name;
    const answer = answerOf(parsed.value, { commands, version });
    if (answer !== undefined) {
      terminal.write(answer);
      return exitCodes.ok;
    }
    const load = command && runners.get(command);
    if (!load) {
      terminal.writeError(formatProgramHelp(commands).trimEnd());
      return exitCodes.usage;
    }
    const plugins = parsed.value.options.get('plugin') ?? [];
    const trustsPlugins = parsed.value.options.has('trust-plugins');
    const abortable = {
      ...context,
      plugins,
      trustsPlugins,
      terminal: untilAborted(terminal, signal),
    };
    const code = await runOrReplay(args, parsed.value, abortable, async recorded => {
      const run = await load();
      return run(parsed.value, recorded);
    });
    return signal.aborted ? exitCodes.interrupted : code;
  } catch (error) {
    if (signal.aborted) return exitCodes.interrupted;
    if (error instanceof UsageError) {
      terminal.writeError(`callboard: ${printable(error.message)}`);
      const help = ['callboard', name, '--help'].filter(Boolean).join(' ');
      terminal.writeError(`Run "${help}" for usage.`);
      return exitCodes.usage;
    }
    if (error instanceof FailedError) {
      terminal.writeError(`callboard: ${printable(error.message)}`);
      return exitCodes.failure;
    }
    // No input of a user leads here, so the stack is useful.
    const details = (error instanceof Error ? error.stack : undefined) ?? errorMessage(error);
    terminal.writeError(`callboard: failed: ${details.split('\n').map(printable).join('\n')}`);
    return exitCodes.failure;
  }
}

/** Returns a terminal that drops results of interrupted work, which would look complete. */
function untilAborted(terminal: Terminal, signal: AbortSignal): Terminal {
  return {
    write(text, options) {
      if (!options?.isCancelled) signal.throwIfAborted();
      terminal.write(text);
    },
    writeError: line => terminal.writeError(line),
    showProgress: text => terminal.showProgress(signal.aborted ? undefined : text),
    paint: terminal.paint,
    width: terminal.width,
  };
}
