import { parseArgs } from 'node:util';
import { failure, ok, type Result } from '../base';
import { nearNames } from '../platform/core';

/** What a command takes; the help and the parser both read it. */
export interface CommandSpec {
  readonly name: string;
  /** What follows the name in its usage: `[DIR]`. */
  readonly positionals: string;
  readonly maxPositionals: number;
  /** One line. */
  readonly summary: string;
  /** Paragraphs, unwrapped. */
  readonly details: readonly string[];
  readonly options: readonly OptionSpec[];
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [string, string])[];
}

export interface OptionSpec {
  /** Without dashes. */
  readonly name: string;
  /** What the option's value is called; flags have none. */
  readonly value?: string;
  /** The only values, the default first. */
  readonly choices?: readonly string[];
  readonly multiple?: boolean;
  readonly help: string;
}

/** What was asked for, in the terms of one command. */
export interface ParsedCommand {
  readonly command: CommandSpec | undefined;
  readonly positionals: readonly string[];
  /** Values by option, in the order given; a flag that is set has no value, but is there. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** Those that every command, and no command, take. */
const globalOptions: readonly OptionSpec[] = [
  { name: 'help', help: 'print this help' },
  { name: 'version', help: "print Callboard's version" },
];

/**
 * Reads the arguments that follow the program's name. Fails with a sentence that says what is wrong
 * and, where a name is nearly right, which one may have been meant.
 */
export function parseCommandLine(
  args: readonly string[],
  commands: readonly CommandSpec[],
): Result<ParsedCommand> {
  const everyOption = [...globalOptions, ...commands.flatMap(command => command.options)];
  const { tokens } = parseArgs({
    args: [...args],
    // What is known, and to which command, is judged below, where hints can be given.
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(
        everyOption.map(({ name, value }) => [
          name,
          { type: value === undefined ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  });

  const words = tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : []));
  const [name, ...positionals] = words;
  const command = commands.find(candidate => candidate.name === name);
  if (name !== undefined && !command) {
    return failure(`Unknown command "${name}"${hint(name, commands.map(nameOf), '')}`);
  }

  const known = [...globalOptions, ...(command?.options ?? [])];
  const options = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = known.find(candidate => candidate.name === token.name);
    if (!option) {
      const where = command ? ` for "${command.name}"` : '';
      const names = known.map(nameOf);
      return failure(`Unknown option ${token.rawName}${where}${hint(token.name, names, '--')}`);
    }
    const value = readValue(option, token);
    if (!value.ok) return value;
    options.set(option.name, [...(options.get(option.name) ?? []), ...value.value]);
  }

  const max = command?.maxPositionals ?? 0;
  const extra = positionals[max];
  if (extra !== undefined && !options.has('help')) {
    return failure(`Unexpected argument "${extra}": "${command?.name}" takes at most ${max}`);
  }
  return ok({ command, positionals, options });
}

function readValue(
  option: OptionSpec,
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): Result<string[]> {
  const { value } = token;
  if (option.value === undefined) {
    return value === undefined ? ok([]) : failure(`${token.rawName} takes no value`);
  }
  // An option in the place of a value is far more often a value that was forgotten.
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

function hint(written: string, names: readonly string[], prefix: string): string {
  const [near] = nearNames(written, names);
  const offered = names.map(name => `${prefix}${name}`).join(', ');
  return near === undefined ? `. There are ${offered}` : `. Did you mean ${prefix}${near}?`;
}

const width = 80;

/** The help of the whole program. */
export function formatProgramHelp(commands: readonly CommandSpec[]): string {
  return [
    'Callboard: the software catalog of a workspace, as Backstage sees it.',
    '',
    'Usage:',
    ...commands.map(command => `  ${usage(command)}`),
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Options:',
    ...columns(globalOptions.map(describeOption)),
    '',
    'callboard COMMAND --help tells more about a command.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function formatCommandHelp(command: CommandSpec): string {
  return [
    `Usage: ${usage(command)}`,
    '',
    ...wrap(`${command.summary}.`, width),
    ...command.details.flatMap(paragraph => ['', ...wrap(paragraph, width)]),
    '',
    'Options:',
    ...columns([...command.options, ...globalOptions].map(describeOption)),
    '',
    'Examples:',
    ...command.examples.flatMap(([line, meaning]) => [`  ${line}`, `      ${meaning}`]),
    '',
  ].join('\n');
}

function usage({ name, positionals, options }: CommandSpec): string {
  const parts = options.map(
    option => `[${`--${option.name} ${valueOf(option)}`.trimEnd()}]${option.multiple ? '…' : ''}`,
  );
  return ['callboard', name, positionals, ...parts].join(' ');
}

function valueOf({ value, choices }: OptionSpec): string {
  return choices?.join('|') ?? value ?? '';
}

function describeOption(option: OptionSpec): [string, string] {
  const byDefault = option.choices ? ` (default: ${option.choices[0]})` : '';
  return [`--${option.name} ${valueOf(option)}`.trimEnd(), `${option.help}${byDefault}`];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const first = Math.max(...rows.map(([name]) => name.length));
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
