import { version } from '../package.json';
import { exitCodes } from './cli/command';
import { commands } from './cli/commands/allCommands';
import { completionAnswer } from './cli/completion/completionAnswer';
import { answerOf, parseCommandLine } from './cli/options';
import { processTerminal } from './cli/terminal';

// Help, the version and completions of words are printed from one small file: loading the program takes several times as long.
const parsed = parseCommandLine(process.argv.slice(2), commands);
const answer = parsed.ok
  ? (answerOf(parsed.value, { commands, version }) ?? completionAnswer(parsed.value, commands))
  : undefined;
if (answer === undefined) void import('./cli');
else processTerminal(exitCodes.failure).write(answer);
