import { type RunCommand, UsageError } from './command';

/** What a command can do that is told what to do by the word that follows it. */
export interface Subcommand {
  readonly run: RunCommand;
  /** Names of the options that it takes. */
  readonly options: readonly string[];
  /** What `--format` may be, the default first; undefined: all that the command knows. */
  readonly formats?: readonly string[];
}

/** A command that passes all that follows on to what the first word names. */
export function dispatcher(
  command: string,
  subcommands: ReadonlyMap<string, Subcommand>,
): RunCommand {
  return (parsed, context) => {
    const [name, ...positionals] = parsed.positionals;
    const known = [...subcommands.keys()].join(', ');
    if (name === undefined)
      throw new UsageError(`${command} needs to be told what to do: ${known}`);
    const subcommand = subcommands.get(name);
    if (!subcommand) throw new UsageError(`${command} cannot "${name}", only: ${known}`);
    for (const option of parsed.options.keys()) {
      if (subcommand.options.includes(option)) continue;
      const takers = [...subcommands].filter(([, { options }]) => options.includes(option));
      const names = takers.map(([taker]) => taker).join(' and ');
      throw new UsageError(`--${option} is for ${command} ${names}`);
    }
    const { formats } = subcommand;
    const format = parsed.options.get('format')?.at(-1);
    if (formats && format !== undefined && !formats.includes(format)) {
      const choices = formats.join(', ');
      throw new UsageError(
        `--format of ${command} ${name} must be one of ${choices}, not "${format}"`,
      );
    }
    return subcommand.run({ ...parsed, positionals }, context);
  };
}
