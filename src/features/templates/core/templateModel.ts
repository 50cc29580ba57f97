import { isRecord } from '../../../base';
import type { FieldPath } from './fieldPath';
import { schemaProperties, type SchemaProperties } from './schemaProperties';

/** A value of a document, and where it stands. */
export interface TemplateValue {
  readonly value: unknown;
  readonly path: FieldPath;
}

/** What stands in a Template, as far as it is written. Its places are paths into the document. */
export interface TemplateModel {
  /** Of the form; one where `spec.parameters` is no list. */
  readonly pages: readonly TemplatePage[];
  /** What stands behind `parameters.`, by all pages. */
  readonly parameters: SchemaProperties;
  /** What stands behind `secrets.`, as far as the template tells: whoever starts it may pass more. */
  readonly secrets: ReadonlyMap<string, FieldPath>;
  readonly steps: readonly TemplateStep[];
  /** Whether what is no list of steps is left out of `steps`, such as one that a placeholder brings. */
  readonly hasUnreadSteps: boolean;
  readonly output: TemplateValue | undefined;
}

export interface TemplatePage {
  readonly path: FieldPath;
  readonly schema: Readonly<Record<string, unknown>>;
  /** On what condition it is shown. */
  readonly when: TemplateValue | undefined;
  /** What must be filled in, by its names at the top of the page's schema. */
  readonly required: readonly { readonly name: string; readonly path: FieldPath }[];
}

export interface TemplateStep {
  /** 0-based, among the steps. */
  readonly index: number;
  readonly path: FieldPath;
  /** What stands behind `steps.`: Backstage calls a step without one `step-N`, counted from 1. */
  readonly id: string;
  readonly isIdWritten: boolean;
  readonly name: string | undefined;
  /** Undefined where there is none, or none that is a text. */
  readonly action: string | undefined;
  readonly input: TemplateValue | undefined;
  readonly if: TemplateValue | undefined;
  readonly each: TemplateValue | undefined;
}

/** The only version that Backstage's scaffolder runs. */
export const TEMPLATE_API_VERSION = 'scaffolder.backstage.io/v1beta3';

/** @param document - the value of a YAML document of any kind */
export function isTemplate(document: unknown): document is Record<string, unknown> {
  return (
    isRecord(document) &&
    document['kind'] === 'Template' &&
    document['apiVersion'] === TEMPLATE_API_VERSION
  );
}

/**
 * Reads what a Template says, whatever else is wrong with it.
 *
 * @param document - the value of its YAML document, with placeholders as they are written
 */
export function templateModel(document: unknown): TemplateModel {
  const spec = recordAt(document, 'spec');
  const pages = readPages(spec['parameters']);
  const steps = spec['steps'];
  return {
    pages,
    parameters: parametersOf(pages, spec),
    secrets: readSecrets(spec, pages),
    steps: Array.isArray(steps) ? steps.flatMap(readStep) : [],
    hasUnreadSteps: Array.isArray(steps) ? !steps.every(isWrittenOut) : steps !== undefined,
    output: valueAt(spec, 'output', ['spec']),
  };
}

const PARAMETERS: FieldPath = ['spec', 'parameters'];

function readPages(parameters: unknown): readonly TemplatePage[] {
  if (!Array.isArray(parameters)) {
    return isRecord(parameters) ? [readPage(parameters, PARAMETERS)] : [];
  }
  return parameters.flatMap((page: unknown, index) =>
    isRecord(page) ? [readPage(page, [...PARAMETERS, index])] : [],
  );
}

function readPage(schema: Record<string, unknown>, path: FieldPath): TemplatePage {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return {
    path,
    schema,
    when: valueAt(schema, 'when', path),
    required: required.flatMap((name: unknown, index) =>
      typeof name === 'string' ? [{ name, path: [...path, 'required', index] }] : [],
    ),
  };
}

/** Form decorators may add parameters. Backstage reads both names of the field; the second is deprecated. */
const DECORATORS = ['formDecorators', 'EXPERIMENTAL_formDecorators'];

function parametersOf(
  pages: readonly TemplatePage[],
  spec: Readonly<Record<string, unknown>>,
): SchemaProperties {
  const parameters = schemaProperties(pages);
  const { parameters: written } = spec;
  // Something is there that is no page, such as a text that is still being written.
  const isUnread = Array.isArray(written)
    ? written.length > pages.length
    : typeof written === 'string';
  const isDecorated = DECORATORS.some(field => spec[field] !== undefined);
  return isUnread || isDecorated ? { ...parameters, isOpen: true } : parameters;
}

/**
 * Those of `spec.secrets.schema`, of fields of the form that are secrets, and of pickers that ask for
 * a token of the user.
 *
 * Source: `Secret` and `RepoUrlPicker` (`requestUserCredentials`) of `plugins/scaffolder`.
 */
function readSecrets(
  spec: Readonly<Record<string, unknown>>,
  pages: readonly TemplatePage[],
): ReadonlyMap<string, FieldPath> {
  const secrets = new Map<string, FieldPath>();
  const declared = recordAt(recordAt(recordAt(spec, 'secrets'), 'schema'), 'properties');
  for (const name of Object.keys(declared)) {
    secrets.set(name, ['spec', 'secrets', 'schema', 'properties', name]);
  }
  const properties = [...schemaProperties(pages).named.values()];
  for (const { name, definitions } of properties) {
    for (const { schema, path } of definitions) {
      if (!isRecord(schema)) continue;
      if (schema['ui:field'] === 'Secret') secrets.set(name, path);
      const request = recordAt(recordAt(schema, 'ui:options'), 'requestUserCredentials');
      const key = request['secretsKey'];
      if (typeof key === 'string' && !secrets.has(key)) {
        secrets.set(key, [...path, 'ui:options', 'requestUserCredentials', 'secretsKey']);
      }
    }
  }
  return secrets;
}

function readStep(step: unknown, index: number): readonly TemplateStep[] {
  if (!isRecord(step)) return [];
  const path: FieldPath = ['spec', 'steps', index];
  const { id, name, action } = step;
  const isIdWritten = typeof id === 'string';
  return [
    {
      index,
      path,
      id: isIdWritten ? id : `step-${index + 1}`,
      isIdWritten,
      name: typeof name === 'string' ? name : undefined,
      action: typeof action === 'string' ? action : undefined,
      input: valueAt(step, 'input', path),
      if: valueAt(step, 'if', path),
      each: valueAt(step, 'each', path),
    },
  ];
}

/** Whether a step is one, and not what brings one. */
function isWrittenOut(step: unknown): boolean {
  return isRecord(step) && !Object.keys(step).some(key => key.startsWith('$'));
}

function valueAt(
  record: Readonly<Record<string, unknown>>,
  key: string,
  path: FieldPath,
): TemplateValue | undefined {
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  return value === undefined ? undefined : { value, path: [...path, key] };
}

/** What stands under a key, as far as it is a map. */
function recordAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const child = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isRecord(child) ? child : {};
}
