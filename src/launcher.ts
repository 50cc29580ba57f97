import { version } from '../package.json';
import { exitCodes } from './cli/command';
import { commands } from './cli/commands/allCommands';
import { wordsAnswer } from './cli/completion/completionAnswer';
import { answerOf, readCommandLine } from './cli/options';
import { writeAnswer } from './cli/output/writeAnswer';

// Help, the version and completions of words are printed from one small file: loading the program takes several times as long.
const parsed = readCommandLine(process.argv.slice(2), commands);
const answer = parsed.ok
  ? (answerOf(parsed.value, { commands, version }) ?? wordsAnswer(parsed.value, commands))
  : undefined;
if (answer === undefined) void import('./cli');
else writeAnswer(answer, exitCodes.failure);
