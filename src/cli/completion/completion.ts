import { compareCodeUnits } from '../../base';
import { readEntityRef, shortenEntityRef } from '../../model';
import { pathToFileUri } from '../../platform/node';
import { catalogAround } from '../catalog/catalogAround';
import { openCatalog } from '../catalog/openCatalog';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../command';
import { commands } from '../commands/allCommands';
import { shells } from '../commands/helpCommands';
import { printable } from '../output/style';
import type { Completion } from './completeWords';
import { completionAnswer, completionsOf, formatCompletions } from './completionAnswer';

/** How long a shell waits for the catalog, in milliseconds. */
const PATIENCE = 2_000;

/** The maximum number of completions. */
const MAX_COMPLETIONS = 1_000;

/** `callboard completion`: prints the script of a shell, or completions of a word. */
export const runCompletion: RunCommand = async (parsed, context) => {
  const { terminal } = context;
  const answer = completionAnswer(parsed, commands);
  if (answer !== undefined) {
    terminal.write(answer);
    return exitCodes.ok;
  }
  if (!parsed.options.has('words')) {
    const [name, ...others] = parsed.positionals;
    const available = `Available: ${shells.join(', ')}`;
    if (name === undefined) throw new UsageError(`completion needs a shell. ${available}`);
    throw new UsageError(
      others.length ? 'completion takes one shell' : `Unknown shell "${name}". ${available}`,
    );
  }
  const completions = completionsOf(parsed, commands);
  if (completions.type !== 'refs' && completions.type !== 'kinds') return exitCodes.ok;
  const { type, prefix, written } = completions;
  const refs = await refsAround(context);
  const words = type === 'refs' ? refs.map(ref => describeRef(ref, written)) : kindsOf(refs);
  terminal.write(
    formatCompletions(
      words
        .filter(([word]) => word.toLowerCase().startsWith(written.toLowerCase()))
        .slice(0, MAX_COMPLETIONS)
        .map(([word, description]) => [`${prefix}${printable(word)}`, description]),
    ),
  );
  return exitCodes.ok;
};

/** Returns the refs of the catalog around the working directory; none if reading it takes too long. */
async function refsAround(context: CommandContext): Promise<readonly string[]> {
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(PATIENCE)]);
  const bounded = { ...context, signal };
  try {
    const root = await catalogAround(pathToFileUri(context.cwd), bounded);
    // The same reading as that of `entities`, to use what `validate` stored.
    const catalog = await openCatalog([root], bounded, {
      reportsProblems: true,
      checksApis: false,
      saveAs: 'files',
    });
    try {
      return catalog.getEntityRefs();
    } finally {
      catalog.dispose();
    }
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

/** Returns a ref as short as possible, but with what is already written of it. */
function describeRef(ref: string, written: string): Completion {
  const short = shortenEntityRef(ref);
  return [written.includes('/') ? ref : short, ''];
}

function kindsOf(refs: readonly string[]): readonly Completion[] {
  const kinds = new Set(
    refs.flatMap(ref => {
      const parsed = readEntityRef(ref);
      return parsed.ok ? [parsed.value.kind] : [];
    }),
  );
  return [...kinds].sort(compareCodeUnits).map(kind => [kind, '']);
}
