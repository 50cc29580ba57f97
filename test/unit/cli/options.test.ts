import { describe, expect, it } from 'vitest';
import { commands } from '../../../src/cli/commands/allCommands';
import { entitiesCommand, validateCommand } from '../../../src/cli/commands/catalogCommands';
import { helpCommand } from '../../../src/cli/commands/helpCommands';
import { parseCommandLine } from '../../../src/cli/options';
import {
  templateCommand,
  templateRunCommand,
} from '../../../src/features/scaffolder/cli/templateCommand';

const parse = (line: string): unknown => {
  const parsed = parseCommandLine(line === '' ? [] : line.split(' '), commands);
  if (!parsed.ok) return parsed.error.message;
  const { command, positionals, options } = parsed.value;
  return { command, positionals, options: Object.fromEntries(options) };
};

describe('parseCommandLine', () => {
  it.each([
    ['', { command: undefined, positionals: [], options: {} }],
    ['-h', { command: undefined, positionals: [], options: { help: [] } }],
    ['--version', { command: undefined, positionals: [], options: { version: [] } }],
    ['-v', { command: undefined, positionals: [], options: { version: [] } }],
    ['help', { command: undefined, positionals: [], options: { help: [] } }],
    ['help help', { command: helpCommand, positionals: [], options: { help: [] } }],
    ['help validate', { command: validateCommand, positionals: [], options: { help: [] } }],
    ['template --help', { command: templateCommand, positionals: [], options: { help: [] } }],
    ['help template run', { command: templateRunCommand, positionals: [], options: { help: [] } }],
    [
      'template run --dry-run templates/service',
      {
        command: templateRunCommand,
        positionals: ['templates/service'],
        options: { 'dry-run': [] },
      },
    ],
    [
      'entities demo --filter kind=API --filter=spec.type,a=b=c --format json',
      {
        command: entitiesCommand,
        positionals: ['demo'],
        options: { filter: ['kind=API', 'spec.type,a=b=c'], format: ['json'] },
      },
    ],
    [
      '--format github validate a b --max-warnings 0 --help',
      {
        command: validateCommand,
        positionals: ['a', 'b'],
        options: { format: ['github'], 'max-warnings': ['0'], help: [] },
      },
    ],
    ['validate -- --odd', { command: validateCommand, positionals: ['--odd'], options: {} }],
  ])('parses "%s"', (line, parsed) => {
    expect(parse(line)).toEqual(parsed);
  });

  it.each([
    ['entitys', 'Unknown command "entitys". Did you mean entities?'],
    ['frobnicate', 'Unknown command "frobnicate". Available: entities, validate'],
    ['validate --fromat json', 'Unknown option --fromat for "validate". Did you mean --format?'],
    [
      'entities --max-warnings 1',
      'Unknown option --max-warnings for "entities". Available: --help, --version, --filter, --where, --format',
    ],
    ['--formt', 'Unknown option --formt. Available: --help, --version'],
    ['validate -x', 'Unknown option -x for "validate". Available: --help'],
    ['entities --format', '--format needs a value: --format table|json'],
    ['entities --filter --format json', '--filter needs a value: --filter FILTER'],
    ['entities --format yaml', '--format must be one of table, json, not "yaml"'],
    ['entities --help=yes', '--help takes no value'],
    ['template', '"template" needs a subcommand. Available: template run, template test'],
    ['template runn', 'Unknown command "template runn". Did you mean template run?'],
    ['template test --publish', 'Unknown option --publish for "template test". Available: --help'],
    ['entities a b', 'Unexpected argument "b": "entities" takes at most 1'],
  ])('rejects "%s"', (line, message) => {
    expect(parse(line)).toEqual(expect.stringContaining(message));
  });
});
