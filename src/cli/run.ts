import { errorMessage } from '../base';
import { runMcp } from '../features/agents/cli/mcp';
import { runImport } from '../features/authoring/cli/import';
import { runLsp } from '../features/authoring/cli/lsp';
import { runDependents } from '../features/catalog/cli/dependents';
import { runDiff } from '../features/catalog/cli/diff';
import { runEntities } from '../features/catalog/cli/entities';
import { runGraph } from '../features/catalog/cli/graph';
import { runValidate } from '../features/catalog/cli/validate';
import {
  templateListCommand,
  templateRunCommand,
  templateTestCommand,
  templateUpdateCommand,
} from '../features/scaffolder/cli/templateCommand';
import { runTemplateList } from '../features/scaffolder/cli/templateList';
import { runTemplateRun } from '../features/scaffolder/cli/templateRun';
import { runTemplateTest } from '../features/scaffolder/cli/templateTest';
import { runTemplateUpdate } from '../features/scaffolder/cli/templateUpdate';
import { runSearch } from '../features/search/cli/search';
import { runDocsBuild } from '../features/techdocs/cli/docsBuild';
import { runDocsCheck } from '../features/techdocs/cli/docsCheck';
import {
  docsBuildCommand,
  docsCheckCommand,
  docsRenderCommand,
} from '../features/techdocs/cli/docsCommand';
import { runDocsRender } from '../features/techdocs/cli/docsRender';
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
  searchCommand,
  validateCommand,
} from './commands/catalogCommands';
import { lspCommand, mcpCommand } from './commands/serverCommands';
import {
  type CommandSpec,
  formatCommandHelp,
  formatProgramHelp,
  parseCommandLine,
} from './options';
import { printable } from './output/style';
import type { Terminal } from './terminal';

const runners = new Map<CommandSpec, RunCommand>([
  [entitiesCommand, runEntities],
  [validateCommand, runValidate],
  [diffCommand, runDiff],
  [graphCommand, runGraph],
  [dependentsCommand, runDependents],
  [searchCommand, runSearch],
  [importCommand, runImport],
  [docsBuildCommand, runDocsBuild],
  [docsCheckCommand, runDocsCheck],
  [docsRenderCommand, runDocsRender],
  [templateRunCommand, runTemplateRun],
  [templateTestCommand, runTemplateTest],
  [templateUpdateCommand, runTemplateUpdate],
  [templateListCommand, runTemplateList],
  [lspCommand, runLsp],
  [mcpCommand, runMcp],
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
    const { command, options } = parsed.value;
    name = command?.name;
    if (options.has('help')) {
      terminal.write(command ? formatCommandHelp(command) : formatProgramHelp(commands));
      return exitCodes.ok;
    }
    if (options.has('version')) {
      terminal.write(`${version}\n`);
      return exitCodes.ok;
    }
    const run = command && runners.get(command);
    if (!run) throw new UsageError('No command given');
    const code = await run(parsed.value, { ...context, terminal: untilAborted(terminal, signal) });
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
    // Nothing that a catalog or a user can do leads here, so that the stack is what helps.
    const details = (error instanceof Error ? error.stack : undefined) ?? errorMessage(error);
    terminal.writeError(`callboard: failed: ${details.split('\n').map(printable).join('\n')}`);
    return exitCodes.failure;
  }
}

/** A terminal that takes no results of interrupted work, which would pass for complete ones. */
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
