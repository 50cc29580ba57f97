import { resolve } from 'node:path';
import { fileReason } from '../../platform/core/files';
import { formatPlace, parsePredicate } from './predicateText';
import type { FilterPredicate } from '../../model/predicates';
import { pathToFileUri } from '../../platform/node';
import { type CommandContext, UsageError } from '../command';
import type { ParsedCommand } from '../options';

/** Maximum size of a file with a predicate, in bytes. */
const MAX_SIZE = 1024 * 1024;

/**
 * Reads the predicates of `--where`: JSON, YAML, or `@` and a file. All of them must hold.
 *
 * @returns undefined without the option
 * @throws UsageError with the place of what is wrong
 */
export async function readWhere(
  { options }: Pick<ParsedCommand, 'options'>,
  context: Pick<CommandContext, 'cwd' | 'fileSystem'>,
): Promise<FilterPredicate | undefined> {
  const written = options.get('where') ?? [];
  const predicates: FilterPredicate[] = [];
  for (const value of written) {
    const file = value.startsWith('@') ? value.slice(1) : undefined;
    const text = file === undefined ? value : await readText(file, context);
    const parsed = parsePredicate(text);
    if (!parsed.ok) {
      const [{ message, range }] = parsed.error;
      throw new UsageError(`${file ?? '--where'}, ${formatPlace(range.start)}: ${message}`);
    }
    predicates.push(parsed.value);
  }
  const [first, ...others] = predicates;
  return others.length > 0 ? { $all: predicates } : first;
}

async function readText(
  file: string,
  { cwd, fileSystem }: Pick<CommandContext, 'cwd' | 'fileSystem'>,
): Promise<string> {
  const uri = pathToFileUri(resolve(cwd, file));
  const stat = await fileSystem.stat(uri);
  if (stat?.type !== 'file') {
    throw new UsageError(stat ? `${file} isn't a file` : `File ${file} doesn't exist`);
  }
  if (stat.size > MAX_SIZE) throw new UsageError(`${file} is larger than ${MAX_SIZE} bytes`);
  try {
    return new TextDecoder().decode(await fileSystem.readFile(uri));
  } catch (error) {
    throw new UsageError(`Can't read ${file}: ${fileReason(error)}`);
  }
}
