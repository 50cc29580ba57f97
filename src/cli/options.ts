import { parseArgs } from 'node:util';
import { failure, ok, type Result } from '../base';
import { nearNames } from '../platform/core';

/** A command of the command line, for the parser, the help and docs/cli.md. */
export interface CommandSpec {
  /** One word, or two for a subcommand: `template run`. */
  readonly name: string;
  /** Arguments in the usage line, such as `[DIR]`. */
  readonly positionals: string;
  readonly maxPositionals: number;
  /** One line without a full stop. */
  readonly summary: string;
  /** Paragraphs, unwrapped. */
  readonly details: readonly string[];
  readonly options: readonly OptionSpec[];
  /** Command lines and their descriptions. */
  readonly examples: readonly (readonly [string, string])[];
  /** If there are any, one must be named, and the command itself takes no arguments. */
  readonly subcommands?: readonly CommandSpec[];
}

export interface OptionSpec {
  /** The name without dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  /** Name of the value in the help; undefined for flags. */
  readonly value?: string;
  /** Allowed values, the default first. */
  readonly choices?: readonly string[];
  readonly multiple?: boolean;
  readonly group?: OptionGroup;
  readonly help: string;
}

/** Options that belong together in the help and in docs/cli.md. */
export interface OptionGroup {
  readonly heading: string;
  /** A paragraph about all options of the group. */
  readonly details?: string;
}

export interface ParsedCommand {
  readonly command: CommandSpec | undefined;
  /** Arguments after the command's name. */
  readonly positionals: readonly string[];
  /** Values by option, in the given order. A flag that is set has an empty list. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

const ownGroup: OptionGroup = { heading: 'Options' };
const globalGroup: OptionGroup = { heading: 'Global options' };

/** Options of every command. */
export const globalOptions: readonly OptionSpec[] = [
  { name: 'help', short: 'h', group: globalGroup, help: 'Print help.' },
  { name: 'version', short: 'v', group: globalGroup, help: 'Print the version.' },
];

/** A command line that can't be parsed. */
export interface CommandLineError {
  readonly message: string;
  /** Name of the command whose help describes the correct usage. */
  readonly command: string | undefined;
}

/**
 * Parses the arguments after the program's name. `help COMMAND` is the same as `COMMAND --help`.
 *
 * @returns an error that suggests the nearest name if a command or option is unknown
 */
export function parseCommandLine(
  args: readonly string[],
  commands: readonly CommandSpec[],
): Result<ParsedCommand, CommandLineError> {
  return readCommandLine(args, commands, suggestName);
}

/**
 * Parses a command line as `parseCommandLine` does.
 *
 * @param hint - returns the end of the error about an unknown name
 */
export function readCommandLine(
  args: readonly string[],
  commands: readonly CommandSpec[],
  hint: (written: string, names: readonly string[]) => string = () => '',
): Result<ParsedCommand, CommandLineError> {
  const all = commands.flatMap(command => [command, ...(command.subcommands ?? [])]);
  const { tokens } = parseArgs({
    args: [...args],
    // Options are checked below, against those of the command and with suggestions.
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      [...globalOptions, ...all.flatMap(({ options }) => options)].map(({ name, value, short }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short && { short }) },
      ]),
    ),
  });

  const words = tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : []));
  const options = new Map<string, string[]>();
  if (words[0] === 'help') {
    words.shift();
    options.set('help', []);
  }
  let command: CommandSpec | undefined;
  let candidates: readonly CommandSpec[] = commands;
  for (let [word] = words; candidates.length && word !== undefined; [word] = words) {
    const name = command ? `${command.name} ${word}` : word;
    const found = candidates.find(candidate => candidate.name === name);
    if (!found) return fail(`Unknown command "${name}".${hint(name, candidates.map(nameOf))}`);
    words.shift();
    command = found;
    candidates = found.subcommands ?? [];
  }

  const known = [...globalOptions, ...(command?.options ?? [])];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = known.find(candidate => candidate.name === token.name);
    if (!option) {
      const where = command ? ` for "${command.name}"` : '';
      const names = known.map(({ name }) => `--${name}`);
      return fail(`Unknown option ${token.rawName}${where}.${hint(`--${token.name}`, names)}`);
    }
    const value = readValue(option, token);
    if (!value.ok) return fail(value.error);
    options.set(option.name, [...(options.get(option.name) ?? []), ...value.value]);
  }

  const isAnswered = options.has('help') || options.has('version');
  if (command?.subcommands && !isAnswered) {
    const names = command.subcommands.map(nameOf).join(', ');
    return fail(`"${command.name}" needs a subcommand. Available: ${names}`);
  }
  const max = command?.maxPositionals ?? 0;
  const extra = words[max];
  if (extra !== undefined && !isAnswered) {
    return fail(`Unexpected argument "${extra}": "${command?.name}" takes at most ${max}`);
  }
  return ok({ command, positionals: words, options });

  function fail(message: string): Result<never, CommandLineError> {
    return failure({ message, command: command?.name });
  }
}

function readValue(
  option: OptionSpec,
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): Result<string[]> {
  const { value } = token;
  if (option.value === undefined) {
    return value === undefined ? ok([]) : failure(`${token.rawName} takes no value`);
  }
  // A value that looks like an option usually means that the value was forgotten.
  if (value === undefined || (token.inlineValue !== true && /^-./.test(value))) {
    const wanted = option.choices?.join('|') ?? option.value;
    return failure(`${token.rawName} needs a value: ${token.rawName} ${wanted}`);
  }
  if (option.choices && !option.choices.includes(value)) {
    const choices = option.choices.join(', ');
    return failure(`${token.rawName} must be one of ${choices}, not "${value}"`);
  }
  return ok([value]);
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function suggestName(written: string, names: readonly string[]): string {
  const [near] = nearNames(written, names);
  return near === undefined ? ` Available: ${names.join(', ')}` : ` Did you mean ${near}?`;
}

/** Returns the help or the version, if the command line asks for it. */
export function answerOf(
  { command, options }: ParsedCommand,
  { commands, version }: { readonly commands: readonly CommandSpec[]; readonly version: string },
): string | undefined {
  if (options.has('help'))
    return command ? formatCommandHelp(command) : formatProgramHelp(commands);
  return options.has('version') ? `${version}\n` : undefined;
}

const width = 80;

/** Returns the help of the program. */
export function formatProgramHelp(commands: readonly CommandSpec[]): string {
  return [
    'Callboard validates, searches and shows a Backstage software catalog.',
    '',
    'Usage: callboard COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, `${summary}.`])),
    '',
    'Options:',
    ...columns(globalOptions.map(describeOption)),
    '',
    'Run "callboard help COMMAND" for the options and examples of a command.',
    '',
  ].join('\n');
}

/** Returns the help of a command. */
export function formatCommandHelp(command: CommandSpec): string {
  const { name, summary, details, subcommands, examples } = command;
  return [
    `${summary}.`,
    '',
    `Usage: ${commandUsage(command)}`,
    ...details.flatMap(paragraph => ['', ...wrap(paragraph, width)]),
    ...section(
      'Commands',
      columns(
        (subcommands ?? []).map(({ name: subcommand, summary: text }) => [subcommand, `${text}.`]),
      ),
    ),
    ...[...optionGroups(command)].flatMap(([{ heading, details: about }, options]) =>
      section(heading, [
        ...(about === undefined ? [] : [...wrap(about, width - 2).map(line => `  ${line}`), '']),
        ...columns(options.map(describeOption)),
      ]),
    ),
    ...section(
      'Examples',
      examples.flatMap(([line, meaning]) => [`  ${line}`, `      ${meaning}`]),
    ),
    ...(subcommands
      ? ['', `Run "callboard help ${name} COMMAND" for the options and examples of a command.`]
      : []),
    '',
  ].join('\n');
}

/** Returns the usage line of a command: `callboard entities [DIR] [OPTIONS]`. */
export function commandUsage({ name, positionals, subcommands }: CommandSpec): string {
  return ['callboard', name, subcommands ? 'COMMAND' : positionals, '[OPTIONS]']
    .filter(Boolean)
    .join(' ');
}

/** Groups the options of a command, the global options last. */
export function optionGroups({ options }: CommandSpec): Map<OptionGroup, readonly OptionSpec[]> {
  return Map.groupBy([...options, ...globalOptions], ({ group }) => group ?? ownGroup);
}

/** Returns an option as written on the command line, and its description with its default. */
export function describeOption(option: OptionSpec): [string, string] {
  const { name, short, value, choices, help, multiple } = option;
  const written = [
    `${short ? `-${short}, ` : ''}--${name}`,
    ...(value ? [value] : []),
    ...(multiple ? ['…'] : []),
  ].join(' ');
  const allowed = choices ? ` One of ${choices.join(', ')}. Default: ${choices[0]}.` : '';
  return [written, `${help}${allowed}`];
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length ? ['', `${heading}:`, ...lines] : [];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const first = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.flatMap(([name, text]) =>
    wrap(text, width - first - 4).map(
      (line, index) => `  ${(index === 0 ? name : '').padEnd(first)}  ${line}`,
    ),
  );
}

function wrap(text: string, columnsOfText: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columnsOfText) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
