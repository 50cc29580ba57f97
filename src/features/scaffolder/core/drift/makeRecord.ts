import {
  basenameUri,
  dirnameUri,
  formatUri,
  isRecord,
  parseUri,
  relativePath,
} from '../../../../base';
import { type JsonObject, type JsonValue } from '../../../../model';
import { addedPaths, pointerOf, valueAt, withValueAt } from '../../../../model/forms';
import { recordAt, withSortedKeys } from '../../../../model/json';
import { Redactor } from '../../../../platform/core';
import type { FileSystem, OpenRepository } from '../../../../platform/core/ports';
import { InputError } from '../../../scm/core/forgeFiles';
import { defaultRepoHosts } from '../../../scm/core/forges';
import {
  emptyForm,
  type FormState,
  type FoundTemplate,
  isRemote,
  type RecordedRun,
  type ResolvedForm,
  secretNames,
  type TemplateEngine,
  type TemplateRun,
  withoutSecrets,
} from '..';
import { isRecordedPath } from './records';
import {
  digestOf,
  recordedFile,
  type RecordedFile,
  type RecordedTemplate,
  SHIPPED,
  type TemplateRecord,
} from './templateRecord';

export interface RecordDeps {
  readonly fileSystem: FileSystem;
  readonly engine: TemplateEngine;
  readonly openRepository: OpenRepository;
  readonly signal: AbortSignal;
}

/** What a project says of the run that made it. */
export async function makeRecord(
  { template, run, values, secrets, user, taskId }: RecordedRun,
  deps: RecordDeps,
): Promise<TemplateRecord> {
  const { spec } = template.entity;
  const { parameters } = recordAt(template.entity, 'spec');
  const form = await filledForm(parameters, { ...emptyForm, values }, deps);
  const files = new Map<string, RecordedFile>();
  for (const [path, file] of run.files) {
    if (isRecordedPath(path)) files.set(path, await recordedFile(file));
  }
  return {
    template: {
      ref: template.ref,
      ...(await placeOf(template, run, deps)),
      digest: await digestOfInputs(template, run),
      // Who or what ran it makes another project only where the Template asks for it.
      user: isNamed('user', spec) ? user : undefined,
      task: isNamed('context', spec) ? taskId : undefined,
    },
    values: withoutAllSecrets(values, secrets, { parameters, form }),
    unset: form ? addedPaths(values, form.state.values).map(pointerOf) : [],
    files,
  };
}

function isNamed(name: string, value: JsonValue | undefined): boolean {
  return new RegExp(`\\b${name}\\b`).test(JSON.stringify(value ?? null));
}

type Place = Pick<RecordedTemplate, 'source' | 'path' | 'commit'>;
type Inputs = Pick<TemplateRun, 'sources'>;

async function placeOf(
  { file, isShipped }: RecordedRun['template'],
  { sources }: Inputs,
  { fileSystem, openRepository, signal }: RecordDeps,
): Promise<Place> {
  const folder = dirnameUri(file);
  if (isShipped) {
    const source = `${SHIPPED}${basenameUri(folder)}`;
    return { source, path: undefined, commit: undefined };
  }
  const repository = await openRepository(folder, signal);
  if (!repository) return { source: undefined, path: undefined, commit: undefined };
  try {
    const head = await repository.head();
    const committed = head === undefined ? undefined : await repository.readCommit(head);
    const path = relativePath(repository.root, file);
    const taken = new Map([[file, await fileSystem.readFile(file)]]);
    for (const { origin, content } of sources.values()) {
      if (isRemote(origin)) continue;
      taken.set(formatUri({ ...parseUri(file), path: origin }), content);
    }
    let isCommitted = true;
    for (const [uri, content] of taken) {
      isCommitted &&= (await committed?.hasContent(uri, content)) ?? false;
    }
    return {
      source: await repository.originUrl(),
      path: path !== undefined && isRecordedPath(path) ? path : undefined,
      commit: isCommitted ? head : undefined,
    };
  } finally {
    repository.dispose();
  }
}

/** The same for a Template that says the same and takes the same files, wherever it lies. */
async function digestOfInputs(
  { entity, file }: FoundTemplate,
  { sources }: Inputs,
): Promise<string> {
  const folder = parseUri(dirnameUri(file)).path;
  const lines: string[] = [];
  for (const [origin, { content, isExecutable }] of sources) {
    const path = isRemote(origin) ? origin : relativeTo(folder, origin);
    lines.push(`${JSON.stringify(path)} ${isExecutable ? 'x' : '-'} ${await digestOf(content)}`);
  }
  const spec = JSON.stringify(withSortedKeys(entity['spec'] ?? null));
  return digestOf(new TextEncoder().encode([spec, ...lines.sort()].join('\n')));
}

function relativeTo(folder: string, path: string): string {
  const from = folder.split('/');
  const to = path.split('/');
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

/** By the form as it is for these values, by all that it could ask for, and by what the secrets are. */
function withoutAllSecrets(
  values: JsonObject,
  secrets: Readonly<Record<string, string>>,
  { parameters, form }: { parameters: JsonValue | undefined; form: ResolvedForm | undefined },
): JsonObject {
  const texts = Object.values(secrets).map(text => text.trim());
  // A short secret is a part of many texts that have nothing to do with it.
  const redactor = new Redactor(texts.filter(text => text.length >= 6));
  const kept = withoutNames(withoutSecrets(values, form?.pages ?? []), {
    names: secretNames(parameters),
    holds: text => redactor.finds(text) || (text !== '' && texts.includes(text.trim())),
  });
  return isRecord(kept) ? kept : {};
}

interface SecretSigns {
  readonly names: ReadonlySet<string>;
  readonly holds: (text: string) => boolean;
}

/** @returns undefined for what is not to be kept */
function withoutNames(value: JsonValue, signs: SecretSigns): JsonValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    return signs.holds(String(value)) ? undefined : value;
  }
  if (Array.isArray(value)) return value.flatMap(item => withoutNames(item, signs) ?? []);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).flatMap(([name, child]) => {
    const kept =
      signs.names.has(name) || signs.holds(name) ? undefined : withoutNames(child, signs);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(entries);
}

interface FormDeps {
  readonly engine: TemplateEngine;
  readonly signal: AbortSignal;
}

/** A form with its defaults; undefined for one that is too large to be shown. */
async function filledForm(
  parameters: JsonValue | undefined,
  state: FormState,
  { engine, signal }: FormDeps,
): Promise<ResolvedForm | undefined> {
  try {
    return await engine.run('form', { parameters, state, hosts: defaultRepoHosts }, signal);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/**
 * What a Template of today is run with: the values of a record, and the defaults of what it did not ask for when the
 * record was made.
 */
export async function filledValues(
  parameters: JsonValue | undefined,
  { values, unset }: Pick<TemplateRecord, 'values' | 'unset'>,
  deps: FormDeps,
): Promise<JsonObject> {
  const form = await filledForm(parameters, { ...emptyForm, values, cleared: unset }, deps);
  if (!form) return values;
  const left = new Set(unset);
  // What is there stays as it is, whatever a form would make of it.
  return addedPaths(values, form.state.values)
    .filter(path => !left.has(pointerOf(path)))
    .reduce((all, path) => withValueAt(all, path, valueAt(form.state.values, path)), values);
}
