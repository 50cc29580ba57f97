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

/** Creates the record of a run. */
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
      // User and run id affect the result only if the Template uses them.
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

/** A digest of the Template's spec and of the files it reads, independent of their location. */
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

/**
 * Removes secrets: fields that the form marks as secret with these values, fields that it could mark, and
 * values that contain a secret.
 */
function withoutAllSecrets(
  values: JsonObject,
  secrets: Readonly<Record<string, string>>,
  { parameters, form }: { parameters: JsonValue | undefined; form: ResolvedForm | undefined },
): JsonObject {
  const texts = Object.values(secrets).map(text => text.trim());
  // Short secrets are part of many unrelated texts.
  const redactor = new Redactor(texts.filter(text => text.length >= 6));
  const kept = withoutNames(withoutSecrets(values, form?.pages ?? []), {
    names: secretNames(parameters),
    isSecret: text => redactor.finds(text) || (text !== '' && texts.includes(text.trim())),
  });
  return isRecord(kept) ? kept : {};
}

interface SecretMatcher {
  readonly names: ReadonlySet<string>;
  readonly isSecret: (text: string) => boolean;
}

/** @returns undefined for a secret */
function withoutNames(value: JsonValue, signs: SecretMatcher): JsonValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    return signs.isSecret(String(value)) ? undefined : value;
  }
  if (Array.isArray(value)) return value.flatMap(item => withoutNames(item, signs) ?? []);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).flatMap(([name, child]) => {
    const kept =
      signs.names.has(name) || signs.isSecret(name) ? undefined : withoutNames(child, signs);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(entries);
}

interface FormDeps {
  readonly engine: TemplateEngine;
  readonly signal: AbortSignal;
}

/** Resolves a form with its defaults. Undefined for a form that is too large to show. */
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
 * Values to run the current Template with: recorded ones, plus defaults of parameters that are new since the
 * record.
 */
export async function filledValues(
  parameters: JsonValue | undefined,
  { values, unset }: Pick<TemplateRecord, 'values' | 'unset'>,
  deps: FormDeps,
): Promise<JsonObject> {
  const form = await filledForm(parameters, { ...emptyForm, values, cleared: unset }, deps);
  if (!form) return values;
  const left = new Set(unset);
  // Existing values stay as they are, even if the form would change them.
  return addedPaths(values, form.state.values)
    .filter(path => !left.has(pointerOf(path)))
    .reduce((all, path) => withValueAt(all, path, valueAt(form.state.values, path)), values);
}
