import { completionCommand, shells } from '../commands/helpCommands';
import type { CommandSpec, ParsedCommand } from '../options';
import { type Completion, type Completions, completeWords } from './completeWords';
import { completionScripts } from './completionScripts';

/**
 * Returns what `callboard completion` prints if it doesn't depend on the catalog.
 *
 * @returns undefined for wrong usage, and if the catalog is needed
 */
export function completionAnswer(
  parsed: ParsedCommand,
  commands: readonly CommandSpec[],
): string | undefined {
  if (parsed.options.has('words')) return wordsAnswer(parsed, commands);
  const [name, ...others] = parsed.positionals;
  const shell = others.length ? undefined : shells.find(known => known === name);
  return shell && completionScripts[shell];
}

/**
 * Returns the completions of a word, if they don't depend on the catalog.
 *
 * @returns undefined for other commands, for scripts of shells, and if the catalog is needed
 */
export function wordsAnswer(
  parsed: ParsedCommand,
  commands: readonly CommandSpec[],
): string | undefined {
  if (parsed.command !== completionCommand || !parsed.options.has('words')) return undefined;
  const completions = completionsOf(parsed, commands);
  if (completions.type === 'files') return '';
  return completions.type === 'words' ? formatCompletions(completions.words) : undefined;
}

export function completionsOf(
  { positionals, options }: ParsedCommand,
  commands: readonly CommandSpec[],
): Completions {
  return completeWords(options.has('next') ? [...positionals, ''] : positionals, commands);
}

/** Formats a line for each completion. */
export function formatCompletions(completions: readonly Completion[]): string {
  return completions.map(([word, description]) => `${word}\t${description}\n`).join('');
}
