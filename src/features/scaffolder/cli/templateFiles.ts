import { extname, resolve } from 'node:path';
import { errorMessage, isRecord } from '../../../base';
import { type CommandContext, UsageError } from '../../../cli/command';
import type { JsonObject, JsonValue } from '../../../model';
import { decodeText } from '../../../platform/core/files';
import { parseYaml } from '../../../platform/core/yaml';
import { pathToFileUri } from '../../../platform/node';
import type { FoundTemplate } from '../core';

/**
 * The Template of a file, or of a folder.
 *
 * @throws UsageError where there is none, or more than one
 */
export async function templateAt(
  path: string,
  { fileSystem, cwd }: CommandContext,
): Promise<FoundTemplate> {
  const { findTemplate } = await import('../core');
  const { InputError } = await import('../../scm/core/forgeFiles');
  try {
    return await findTemplate(pathToFileUri(resolve(cwd, path)), path, fileSystem);
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(error.message);
    throw error;
  }
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
  let json: JsonValue;
  try {
    const text = decodeText(await fileSystem.readFile(pathToFileUri(resolve(cwd, path))));
    const value: unknown = extname(path) === '.json' ? JSON.parse(text) : parseYaml(text);
    json = JSON.parse(JSON.stringify(value ?? {})) as JsonValue;
  } catch (error) {
    throw new UsageError(`The ${what} cannot be read: ${errorMessage(error)}`);
  }
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
