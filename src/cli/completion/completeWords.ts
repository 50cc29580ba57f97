import { shells } from '../commands/helpCommands';
import { type CommandSpec, describeOption, globalOptions, type OptionSpec } from '../options';

/** A completion and its description. */
export type Completion = readonly [word: string, description: string];

/** Possible completions of a word. */
export type Completions =
  | { readonly type: 'words'; readonly words: readonly Completion[] }
  /** Refs or kinds of the catalog's entities, each after a prefix. */
  | { readonly type: 'refs' | 'kinds'; readonly prefix: string; readonly written: string }
  /** Files and folders, which the shell completes. */
  | { readonly type: 'files' };

const FILES: Completions = { type: 'files' };

/** The position in a command line that a word is completed at. */
interface Position {
  readonly command: CommandSpec | undefined;
  /** Commands that can follow; empty after the whole name of a command. */
  readonly candidates: readonly CommandSpec[];
  /** The number of arguments after the command. */
  readonly positionals: number;
  /** The option that needs a value. */
  readonly option: OptionSpec | undefined;
  /** Whether the word follows `--`. */
  readonly isLiteral: boolean;
}

/**
 * Returns completions of the last word.
 *
 * @param words - words after the program's name; the last one is incomplete or empty
 */
export function completeWords(
  words: readonly string[],
  commands: readonly CommandSpec[],
): Completions {
  const word = words.at(-1) ?? '';
  const position = positionAfter(words.slice(0, -1), commands);
  const { command, candidates, option, isLiteral } = position;
  if (option) return valuesOf(option, word);
  if (!isLiteral && word.startsWith('-')) {
    const equals = word.indexOf('=');
    const specs = optionsOf(command);
    if (equals < 0) {
      return startingWith(
        word,
        specs.map(spec => [`--${spec.name}`, describeOption(spec)[1]]),
      );
    }
    const spec = specs.find(({ name }) => `--${name}` === word.slice(0, equals));
    if (!spec) return startingWith(word, []);
    return valuesOf(spec, word.slice(equals + 1), word.slice(0, equals + 1));
  }
  if (candidates.length) return startingWith(word, candidates.map(nextWord));
  return valuesFor(placeholderAt(position), word);
}

function positionAfter(words: readonly string[], commands: readonly CommandSpec[]): Position {
  let command: CommandSpec | undefined;
  let candidates = commands;
  let option: OptionSpec | undefined;
  let positionals = 0;
  let isLiteral = false;
  // `help COMMAND` names a command, too.
  for (const word of words[0] === 'help' ? words.slice(1) : words) {
    if (option) option = undefined;
    else if (!isLiteral && word === '--') isLiteral = true;
    else if (!isLiteral && word.startsWith('-')) {
      const spec = optionsOf(command).find(
        ({ name, short }) => word === `--${name}` || word === `-${short}`,
      );
      if (spec?.value !== undefined) option = spec;
    } else {
      const name = command ? `${command.name} ${word}` : word;
      const found = candidates.find(candidate => candidate.name === name);
      if (!found) positionals++;
      command = found ?? command;
      candidates = found?.subcommands ?? [];
    }
  }
  return { command, candidates, positionals, option, isLiteral };
}

function optionsOf(command: CommandSpec | undefined): readonly OptionSpec[] {
  return [...(command?.options ?? []), ...globalOptions];
}

/** Returns the last word of a command's name, and its summary. */
function nextWord({ name, summary }: CommandSpec): Completion {
  return [name.slice(name.lastIndexOf(' ') + 1), summary];
}

/** Returns the placeholder of an argument, such as `DIR`; the last one may repeat. */
function placeholderAt({ command, positionals }: Position): string {
  if (!command || positionals >= command.maxPositionals) return '';
  const names = command.positionals.match(/[A-Z]+(?=…|\b)/g) ?? [];
  return names[Math.min(positionals, names.length - 1)] ?? '';
}

function valuesOf({ choices, value = '' }: OptionSpec, word: string, prefix = ''): Completions {
  if (choices) {
    return startingWith(
      `${prefix}${word}`,
      choices.map(choice => [`${prefix}${choice}`, '']),
    );
  }
  return valuesFor(value, word, prefix);
}

function valuesFor(placeholder: string, word: string, prefix = ''): Completions {
  switch (placeholder) {
    case 'REF':
      return { type: 'refs', prefix, written: word };
    case 'SHELL':
      return startingWith(
        word,
        shells.map(shell => [shell, '']),
      );
    case 'KIND':
      return { type: 'kinds', prefix, written: word };
    case 'FILTER': {
      const isKind = word.startsWith(KIND_FILTER);
      if (!isKind) return startingWith(`${prefix}${word}`, [[`${prefix}${KIND_FILTER}`, '']]);
      return {
        type: 'kinds',
        prefix: `${prefix}${KIND_FILTER}`,
        written: word.slice(KIND_FILTER.length),
      };
    }
    default:
      return FILES;
  }
}

const KIND_FILTER = 'kind=';

function startingWith(word: string, words: readonly Completion[]): Completions {
  return { type: 'words', words: words.filter(([text]) => text.startsWith(word)) };
}
