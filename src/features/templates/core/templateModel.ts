import { isRecord, ownValue } from '../../../base';
import type { FieldPath } from './fieldPath';
import { schemaProperties, type SchemaProperties } from './schemaProperties';

/** A value of a document with its path. */
export interface TemplateValue {
  readonly value: unknown;
  readonly path: FieldPath;
}

/** Contents of a Template, with paths in the document. */
export interface TemplateModel {
  /** Pages of the form. One if `spec.parameters` is not a list. */
  readonly pages: readonly TemplatePage[];
  /** Parameters of all pages. */
  readonly parameters: SchemaProperties;
  /** Known secrets. The caller of the template may pass others. */
  readonly secrets: ReadonlyMap<string, FieldPath>;
  readonly steps: readonly TemplateStep[];
  /** Whether `steps` is incomplete, for example because of a placeholder. */
  readonly hasUnknownSteps: boolean;
  readonly output: TemplateValue | undefined;
}

export interface TemplatePage {
  readonly path: FieldPath;
  readonly schema: Readonly<Record<string, unknown>>;
  /** Condition that shows the page. */
  readonly when: TemplateValue | undefined;
  /** Required parameters of the page, without nested ones. */
  readonly required: readonly { readonly name: string; readonly path: FieldPath }[];
}

export interface TemplateStep {
  /** 0-based index. */
  readonly index: number;
  readonly path: FieldPath;
  /** Id in expressions. Backstage names a step without one `step-N`, counted from 1. */
  readonly id: string;
  readonly isIdWritten: boolean;
  readonly name: string | undefined;
  /** Undefined if it is missing or not text. */
  readonly action: string | undefined;
  readonly input: TemplateValue | undefined;
  readonly if: TemplateValue | undefined;
  readonly each: TemplateValue | undefined;
}

/** The only version that Backstage's scaffolder runs. */
export const TEMPLATE_API_VERSION = 'scaffolder.backstage.io/v1beta3';

/** Whether a YAML document is a Template that the scaffolder runs. */
export function isTemplate(document: unknown): document is Record<string, unknown> {
  return (
    isRecord(document) &&
    document['kind'] === 'Template' &&
    document['apiVersion'] === TEMPLATE_API_VERSION
  );
}

/**
 * Reads the contents of a Template, even if it has errors.
 * @param document - the value of its YAML document, with unresolved placeholders
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
    hasUnknownSteps: Array.isArray(steps) ? !steps.every(isWrittenOut) : steps !== undefined,
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

/** Fields of form decorators, which may add parameters. The second name is deprecated. */
const DECORATORS = ['formDecorators', 'EXPERIMENTAL_formDecorators'];

function parametersOf(
  pages: readonly TemplatePage[],
  spec: Readonly<Record<string, unknown>>,
): SchemaProperties {
  const parameters = schemaProperties(pages);
  const { parameters: written } = spec;
  // Some content is not a page, such as incomplete text.
  const isUnread = Array.isArray(written)
    ? written.length > pages.length
    : typeof written === 'string';
  const isDecorated = DECORATORS.some(field => spec[field] !== undefined);
  return isUnread || isDecorated ? { ...parameters, isOpen: true } : parameters;
}

/**
 * Secrets of `spec.secrets.schema`, of secret fields and of pickers that request the user's token. Source:
 * `Secret` and `RepoUrlPicker` (`requestUserCredentials`) of `plugins/scaffolder`.
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

/** Whether a step is written out, without placeholders. */
function isWrittenOut(step: unknown): boolean {
  return isRecord(step) && !Object.keys(step).some(key => key.startsWith('$'));
}

function valueAt(
  record: Readonly<Record<string, unknown>>,
  key: string,
  path: FieldPath,
): TemplateValue | undefined {
  const value = ownValue(record, key);
  return value === undefined ? undefined : { value, path: [...path, key] };
}

/** The map at a key, or an empty one. */
function recordAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const child = isRecord(value) ? ownValue(value, key) : undefined;
  return isRecord(child) ? child : {};
}
