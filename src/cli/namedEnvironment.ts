import type { Environment } from '../platform/core/ports';
import type { CommandContext } from './command';
import type { OptionSpec, ParsedCommand } from './options';

/** Environment variables that configs can read, by name. Other variables stay hidden from their authors. */
export const environmentOption: OptionSpec = {
  name: 'env',
  value: 'NAME',
  multiple: true,
  help: 'An environment variable that configs may read. All others count as unset.',
};

/** Environment variables that `--env` names. */
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
