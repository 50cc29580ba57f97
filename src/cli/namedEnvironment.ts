import type { Environment } from '../platform/core/ports';
import type { CommandContext } from './command';
import type { OptionSpec, ParsedCommand } from './options';

/** Environment variables that configs can read, by name. Authors of configs mustn't learn the others. */
export const environmentOption: OptionSpec = {
  name: 'env',
  value: 'NAME',
  multiple: true,
  help: 'an environment variable that configs may read; others count as not set',
};

/** The variables of the environment that `--env` names. */
export function namedEnvironment(
  options: ParsedCommand['options'],
  { env }: Pick<CommandContext, 'env'>,
): Environment {
  return new Map(
    (options.get('env') ?? []).flatMap((name): [string, string][] => {
      const value = env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
