import { globalOptions, type CommandSpec, type OptionSpec } from './options';

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
