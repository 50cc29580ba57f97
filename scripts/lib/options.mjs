import { StepFailure } from './failure.mjs';

/**
 * @typedef {{ type: 'flag', help: string }
 *   | { type: 'value', placeholder: string, help: string, choices?: string[] }} OptionSpec
 */

/**
 * Parses a command line. `--name value` and `--name=value` are the same; an option that is not in
 * the table is an error, never silently ignored.
 *
 * @param {string[]} argv
 * @param {Record<string, OptionSpec>} table
 * @param {{ positionals?: boolean }} [settings] whether words without `--` are allowed
 * @returns {{ options: Record<string, string | true | undefined>, positionals: string[] }}
 * @throws {StepFailure} with exit code 2 on bad usage
 */
export function parseOptions(argv, table, { positionals: allowPositionals = false } = {}) {
  /** @type {Record<string, string | true | undefined>} */
  const options = {};
  /** @type {string[]} */
  const positionals = [];
  for (let index = 0; index < argv.length; index++) {
    const word = /** @type {string} */ (argv[index]);
    if (word === '-h') {
      options.help = true;
      continue;
    }
    if (!word.startsWith('--')) {
      if (!allowPositionals) throw usageError(`Unexpected argument "${word}".`);
      positionals.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
    const spec = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!spec) throw usageError(`Unknown option "--${name}".`);
    if (spec.type === 'flag') {
      if (equals >= 0) throw usageError(`Option "--${name}" takes no value.`);
      options[name] = true;
      continue;
    }
    const value = equals < 0 ? argv[++index] : word.slice(equals + 1);
    if (value === undefined || value === '' || (equals < 0 && value.startsWith('--'))) {
      throw usageError(`Option "--${name}" needs a value (${spec.placeholder}).`);
    }
    if (spec.choices && !spec.choices.includes(value)) {
      throw usageError(`Option "--${name}" must be one of: ${spec.choices.join(', ')}.`);
    }
    options[name] = value;
  }
  return { options, positionals };
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
