import type { Environment } from '../platform/core/ports';
import type { CommandContext } from './command';
import type { ParsedCommand } from './options';

/** Returns the environment variables that `--env` names. */
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
