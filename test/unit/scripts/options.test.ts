import { describe, expect, test } from 'vitest';
import { formatHelp, parseOptions, type OptionSpec } from '../../../scripts/lib/options.mjs';

const table: Record<string, OptionSpec> = {
  folder: { type: 'value', placeholder: 'DIR', help: 'the folder to open' },
  host: { type: 'value', placeholder: 'HOST', choices: ['code', 'embedded'], help: 'where' },
  'no-open': { type: 'flag', help: 'do not open a browser' },
  help: { type: 'flag', help: 'print this' },
};

describe('parseOptions', () => {
  test.for<[string, string[], Record<string, string | true>]>([
    ['nothing', [], {}],
    ['a value', ['--folder', 'a b'], { folder: 'a b' }],
    ['a value after =', ['--folder=a=b'], { folder: 'a=b' }],
    ['a flag', ['--no-open'], { 'no-open': true }],
    ['the last of two', ['--host', 'code', '--host=embedded'], { host: 'embedded' }],
    ['-h', ['-h'], { help: true }],
  ])('parses %s', ([, argv, options]) => {
    expect(parseOptions(argv, table).options).toEqual(options);
  });

  test.for<[string[], string]>([
    [['--color'], "Unknown option '--color'."],
    [['--toString'], "Unknown option '--toString'."],
    [['--folder'], "Option '--folder <value>' argument missing."],
    [['--folder', '--no-open'], "Option '--folder' argument is ambiguous."],
    [['--folder='], "Option '--folder' needs a value."],
    [['--no-open=yes'], "Option '--no-open' does not take an argument."],
    [['--host', 'cloud'], "Option '--host' must be one of: code, embedded."],
    [['demo'], "Unexpected argument 'demo'."],
  ])('rejects %j', ([argv, message]) => {
    expect(() => parseOptions(argv, table)).toThrow(
      expect.objectContaining({ message, exitCode: 2 }),
    );
  });

  test('returns positional arguments if they are allowed', () => {
    expect(parseOptions(['a', '--no-open', 'b'], table, { positionals: true })).toEqual({
      options: { 'no-open': true },
      positionals: ['a', 'b'],
    });
  });
});

test('formatHelp aligns the options', () => {
  expect(formatHelp('npm start', table)).toBe(
    [
      'npm start',
      '',
      '  --folder DIR  the folder to open',
      '  --host HOST   where',
      '  --no-open     do not open a browser',
      '  --help        print this',
    ].join('\n'),
  );
});
