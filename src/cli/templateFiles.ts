import { extname, resolve } from 'node:path';
import { parse } from 'yaml';
import { errorMessage, isRecord, joinUri } from '../base';
import { decodeText } from '../core/files';
import type { ReadTemplate } from '../core/scaffolder';
import type { JsonObject, JsonValue } from '../model';
import { pathToFileUri } from '../node';
import { type CommandContext, UsageError } from './command';

export interface FoundTemplate extends ReadTemplate {
  /** URI of the file that it stands in. */
  readonly file: string;
}

/** Where a Template stands that is called for by its folder. */
const NAMES = ['template.yaml', 'template.yml', 'catalog-info.yaml'];

/**
 * The Template of a file, or of a folder.
 *
 * @throws UsageError where there is none, or more than one
 */
export async function findTemplate(
  path: string,
  { fileSystem, cwd }: CommandContext,
): Promise<FoundTemplate> {
  const uri = pathToFileUri(resolve(cwd, path));
  const stat = await fileSystem.stat(uri);
  if (!stat) throw new UsageError(`There is no file ${path}`);
  const files = stat.type === 'directory' ? NAMES.map(name => joinUri(uri, name)) : [uri];
  const { readTemplates } = await import('../core/scaffolder');
  for (const file of files) {
    if ((await fileSystem.stat(file))?.type !== 'file') continue;
    let templates;
    try {
      templates = readTemplates(decodeText(await fileSystem.readFile(file)));
    } catch (error) {
      throw new UsageError(`${path} cannot be run: ${errorMessage(error)}`);
    }
    const [template, ...others] = templates;
    if (!template) continue;
    if (others.length > 0) {
      const refs = templates.map(({ ref }) => ref).join(', ');
      throw new UsageError(`There is more than one template in ${path}: ${refs}`);
    }
    return { ...template, file };
  }
  throw new UsageError(`There is no template of scaffolder.backstage.io/v1beta3 in ${path}`);
}

/**
 * The values in a file of JSON or YAML.
 *
 * @param what - what they are, for messages: `values`
 * @throws UsageError for anything but a map
 */
export async function readValues(
  path: string,
  what: string,
  { fileSystem, cwd }: CommandContext,
): Promise<JsonObject> {
  let value: unknown;
  try {
    const text = decodeText(await fileSystem.readFile(pathToFileUri(resolve(cwd, path))));
    value =
      extname(path) === '.json'
        ? JSON.parse(text)
        : parse(text, { merge: false, maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError(`The ${what} cannot be read: ${errorMessage(error)}`);
  }
  const json = JSON.parse(JSON.stringify(value ?? {})) as JsonValue;
  if (!isRecord(json)) throw new UsageError(`The ${what} in ${path} are no map of names to values`);
  return json;
}

/** @throws UsageError for secrets that are no texts */
export async function readSecrets(
  path: string,
  context: CommandContext,
): Promise<Readonly<Record<string, string>>> {
  const values = await readValues(path, 'secrets', context);
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string') throw new UsageError(`The secret ${name} in ${path} is no text`);
    secrets[name] = value;
  }
  return secrets;
}
