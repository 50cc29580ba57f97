import { parseArgs } from 'node:util';
import { StepFailure } from './failure.mjs';

/**
 * @typedef {{ type: 'flag', help: string }
 *   | { type: 'value', placeholder: string, help: string, choices?: string[] }} OptionSpec
 */

/**
 * Parses a command line. `--name value` and `--name=value` are equivalent. Unknown options are errors.
 *
 * @param {string[]} argv
 * @param {Record<string, OptionSpec>} table
 * @param {{ positionals?: boolean }} [settings] whether words without `--` are allowed
 * @returns {{ options: Record<string, string | true | undefined>, positionals: string[] }}
 * @throws {StepFailure} with exit code 2 on bad usage
 */
export function parseOptions(argv, table, { positionals: allowPositionals = false } = {}) {
  /** @type {Record<string, import('node:util').ParseArgsOptionDescriptor>} */
  const options = {};
  for (const [name, { type }] of Object.entries(table)) {
    options[name] = { type: type === 'flag' ? 'boolean' : 'string' };
  }
  if (options.help) options.help.short = 'h';
  const { values, positionals } = parse({ args: argv, options, allowPositionals });
  for (const [name, spec] of Object.entries(table)) {
    const value = values[name];
    if (value === '') throw usageError(`Option '--${name}' needs a value.`);
    if (spec.type === 'value' && spec.choices && value && !spec.choices.includes(String(value))) {
      throw usageError(`Option '--${name}' must be one of: ${spec.choices.join(', ')}.`);
    }
  }
  return {
    options: /** @type {Record<string, string | true | undefined>} */ (values),
    positionals,
  };
}

/** @param {import('node:util').ParseArgsConfig} config */
function parse(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    throw usageError(`${/** @type {Error} */ (error).message.split(/\.\s/)[0]}.`);
  }
}

/**
 * @param {string} usage first line of the help
 * @param {Record<string, OptionSpec>} table
 */
export function formatHelp(usage, table) {
  const rows = Object.entries(table).map(([name, spec]) => ({
    left: `--${name}${spec.type === 'value' ? ` ${spec.placeholder}` : ''}`,
    help: spec.help,
  }));
  const width = Math.max(...rows.map(row => row.left.length));
  return [usage, '', ...rows.map(row => `  ${row.left.padEnd(width)}  ${row.help}`)].join('\n');
}

/** @param {string} message */
function usageError(message) {
  return new StepFailure(message, { advice: 'See --help for the options.', exitCode: 2 });
}
