import { errorMessage } from '../base';
import { runMcp } from '../features/agents/cli/mcp';
import { runImport } from '../features/authoring/cli/import';
import { runLsp } from '../features/authoring/cli/lsp';
import { runDependents } from '../features/catalog/cli/dependents';
import { runDiff } from '../features/catalog/cli/diff';
import { runEntities } from '../features/catalog/cli/entities';
import { runGraph } from '../features/catalog/cli/graph';
import { runValidate } from '../features/catalog/cli/validate';
import { runTemplate } from '../features/scaffolder/cli/template';
import { templateCommand } from '../features/scaffolder/cli/templateCommand';
import { runSearch } from '../features/search/cli/search';
import { runDocs } from '../features/techdocs/cli/docs';
import { docsCommand } from '../features/techdocs/cli/docsCommand';
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
  [docsCommand, runDocs],
  [templateCommand, runTemplate],
  [lspCommand, runLsp],
  [mcpCommand, runMcp],
]);

/**
 * Runs a command line to the code that the process ends with; never throws.
 *
 * @param args - what follows the program's name
 */
export async function runCommandLine(
  args: readonly string[],
  context: CommandContext,
): Promise<number> {
  const { terminal, signal, version } = context;
  try {
    const parsed = parseCommandLine(args, commands);
    if (!parsed.ok) throw new UsageError(parsed.error);
    const { command, options } = parsed.value;
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
      terminal.writeError('callboard --help tells what there is.');
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
