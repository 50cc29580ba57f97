import { extname, resolve } from 'node:path';
import { isRecord, isWithin } from '../../../base';
import { type CommandContext, UsageError } from '../../../cli/command';
import type { ParsedCommand } from '../../../cli/options';
import type { JsonObject, JsonValue } from '../../../model';
import { plainJson } from '../../../model/json';
import { decodeText, fileReason } from '../../../platform/core/files';
import { isHostPattern } from '../../../platform/core/hosts';
import type { OpenRepository } from '../../../platform/core/ports';
import { parseYaml } from '../../../platform/core/yaml';
import { loadOutputs, pathToFileUri } from '../../../platform/node';
import { loadGitSources } from '../../scm/node';
import type { FoundTemplate, RemoteSourcesDeps, TaskFile, TemplateRun } from '../core';

/**
 * Finds the Template of a file or folder.
 * @throws UsageError if there is none or more than one
 */
export async function findTemplateAt(
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
 * Reads the values in a JSON or YAML file.
 * @param what - what they are, for messages: `values`
 * @throws UsageError if the file has no map
 */
async function readValues(
  path: string,
  what: string,
  { fileSystem, cwd }: CommandContext,
): Promise<JsonObject> {
  let json: JsonValue;
  try {
    const text = decodeText(await fileSystem.readFile(pathToFileUri(resolve(cwd, path))));
    const value: unknown = extname(path) === '.json' ? JSON.parse(text) : parseYaml(text);
    json = plainJson(value ?? {});
  } catch (error) {
    throw new UsageError(`Can't read the ${what}: ${fileReason(error)}`);
  }
  if (!isRecord(json))
    throw new UsageError(`The ${what} in ${path} must be a map of names to values`);
  return json;
}

/** @throws UsageError if a secret isn't text */
async function readSecrets(
  path: string,
  context: CommandContext,
): Promise<Readonly<Record<string, string>>> {
  const values = await readValues(path, 'secrets', context);
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== 'string')
      throw new UsageError(`The secret ${name} in ${path} must be text`);
    secrets[name] = value;
  }
  return secrets;
}

/**
 * Reads the files of `--values` and `--secrets`.
 * @throws UsageError as `readValues` does
 */
export async function readInput(
  options: ParsedCommand['options'],
  context: CommandContext,
): Promise<Omit<RunInput, 'taskId'>> {
  const [values, secrets] = ['values', 'secrets'].map(name => options.get(name)?.at(-1));
  return {
    values: values === undefined ? {} : await readValues(values, 'values', context),
    secrets: secrets === undefined ? {} : await readSecrets(secrets, context),
  };
}

/**
 * Settings to fetch from the hosts of `--allow-host`.
 * @throws UsageError for an invalid host, from which nothing could ever be fetched
 */
export function remoteSettings(
  allowed: readonly string[],
  environment: CommandContext['env'],
): Omit<RemoteSourcesDeps, 'hosts'> {
  for (const host of allowed) {
    if (isHostPattern(host)) continue;
    throw new UsageError(
      `--allow-host must be a host name, such as github.com or *.acme.org, not ${host}`,
    );
  }
  return {
    allowed,
    async openHttp(isNamed) {
      const { environmentProxy, GuardedHttpClient } = await loadOutputs();
      return new GuardedHttpClient({ isNamed, proxyOf: environmentProxy(environment) });
    },
  };
}

/** Input of a run. */
export interface RunInput {
  readonly values: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly taskId: string;
}

/** The file that records from which template and values a run's files were created. */
export async function createRecordFile(
  template: FoundTemplate,
  run: TemplateRun,
  input: RunInput,
  context: CommandContext,
): Promise<TaskFile> {
  const { fileSystem, signal, workers } = context;
  const { formatRecord, makeRecord } = await import('../core/drift');
  const { TemplateEngine } = await import('../core');
  const isShipped = isWithin(context.templates, template.file);
  const record = await makeRecord(
    { template: { ...template, isShipped }, run, user: undefined, ...input },
    {
      fileSystem,
      signal,
      engine: new TemplateEngine(workers?.pool),
      openRepository: repositoryOpener(context),
    },
  );
  const content = new TextEncoder().encode(formatRecord(record));
  return { content, isExecutable: false };
}

export function repositoryOpener({ fileSystem }: CommandContext): OpenRepository {
  return async (folder, signal) => {
    const { GitSourceRepository } = await loadGitSources();
    return GitSourceRepository.open(folder, { outside: fileSystem, signal });
  };
}
