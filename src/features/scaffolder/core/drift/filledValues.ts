import { isRecord } from '../../../../base';
import { type JsonObject, type JsonValue } from '../../../../model';
import { pointerOf, valueAt, type ValuePath, withValueAt } from '../../../../model/forms';
import { InputError } from '../../../scm/core/forgeFiles';
import { defaultRepoHosts } from '../../../scm/core/forges';
import { emptyForm, type FormState, type ResolvedForm, type TemplateEngine } from '..';
import type { TemplateRecord } from './templateRecord';

interface FormDeps {
  readonly engine: TemplateEngine;
  readonly signal: AbortSignal;
}

/** A form with its defaults; undefined for one that is too large to be shown. */
export async function filledForm(
  parameters: JsonValue | undefined,
  state: FormState,
  { engine, signal }: FormDeps,
): Promise<ResolvedForm | undefined> {
  try {
    return await engine.form({ parameters, state, hosts: defaultRepoHosts }, signal);
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

/** Where there is something in a value that was not there before. Lists are taken as a whole. */
export function addedPaths(
  before: JsonObject,
  after: JsonObject,
  path: ValuePath = [],
): readonly ValuePath[] {
  return Object.entries(after).flatMap(([name, value]) => {
    const own = Object.hasOwn(before, name) ? before[name] : undefined;
    if (own === undefined) return [[...path, name]];
    return isRecord(own) && isRecord(value) ? addedPaths(own, value, [...path, name]) : [];
  });
}
