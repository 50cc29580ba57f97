import { isRecord, ownValue } from '../../base';
import { isJsonValue, plainJson } from '../json';
import type { JsonSchema } from './jsonSchemas';
import {
  type FieldFormat,
  type ModelLayer,
  type ModelOperation,
  type OperationName,
  operationNames,
  operationRows,
} from './operations';

/** Path of a value: keys and indices from the root. */
export type LayerPath = readonly (string | number)[];

/** A fault in the text of a layer. */
export interface LayerFault {
  readonly message: string;
  readonly path: LayerPath;
  readonly at: 'key' | 'value';
  /** Valid values, for suggestions. */
  readonly known?: readonly string[];
}

/** Returns Backstage's message for a value that isn't a JSON schema of draft-07; undefined if it is one. */
export type SchemaCheck = (schema: JsonSchema) => string | undefined;

/** A layer with the paths of its operations in the text. */
export interface ReadLayer {
  readonly layer: ModelLayer;
  readonly paths: readonly LayerPath[];
  readonly faults: readonly LayerFault[];
}

/** Schema of a kind whose own schema is unusable: any `spec` is valid. */
export const anySpec: JsonSchema = { type: 'object', properties: { spec: {} } };

/** Maximum number of operations of a layer; the model of a whole organization has hundreds. */
const MAX_OPERATIONS = 10_000;

/**
 * Reads a layer from an unvalidated document: a list of operations, or an object with `layerId` and
 * `ops`. Operations without a required field are omitted; unknown fields and invalid schemas are
 * ignored. Each gives a fault, where Backstage refuses the whole layer.
 *
 * @param fallbackId - id of a layer without one
 */
export function readLayer(
  value: unknown,
  { fallbackId, checkSchema }: { fallbackId: string; checkSchema: SchemaCheck },
): ReadLayer {
  const reader = new LayerReader(checkSchema);
  if (Array.isArray(value)) return reader.read(fallbackId, value, []);
  if (!isRecord(value) || !Array.isArray(value['ops'])) {
    reader.report('A layer must be a list of operations, or an object with layerId and ops', []);
    return reader.read(fallbackId, [], []);
  }
  const { layerId = fallbackId, ops, ...others } = value;
  for (const key of Object.keys(others)) {
    reader.report(`"${key}" isn't a field of a layer`, [key], 'key', ['layerId', 'ops']);
  }
  const isId = typeof layerId === 'string' && layerId !== '';
  if (!isId) reader.report('layerId must be text', ['layerId']);
  return reader.read(isId ? layerId : fallbackId, ops as readonly unknown[], ['ops']);
}

class LayerReader {
  readonly #faults: LayerFault[] = [];
  readonly #checkSchema: SchemaCheck;

  constructor(checkSchema: SchemaCheck) {
    this.#checkSchema = checkSchema;
  }

  report(
    message: string,
    path: LayerPath,
    at: LayerFault['at'] = 'value',
    known?: readonly string[],
  ): void {
    this.#faults.push(known ? { message, path, at, known } : { message, path, at });
  }

  read(layerId: string, values: readonly unknown[], at: LayerPath): ReadLayer {
    const ops: ModelOperation[] = [];
    const paths: LayerPath[] = [];
    if (values.length > MAX_OPERATIONS) {
      this.report(`Only the first ${MAX_OPERATIONS} operations are used`, at, 'key');
    }
    for (const [index, value] of values.slice(0, MAX_OPERATIONS).entries()) {
      const path = [...at, index];
      const op = this.#operation(value, path);
      if (!op) continue;
      ops.push(op);
      paths.push(path);
    }
    return { layer: { layerId, ops }, paths, faults: this.#faults };
  }

  #operation(value: unknown, path: LayerPath): ModelOperation | undefined {
    if (!isRecord(value)) {
      this.report('An operation must be an object', path);
      return undefined;
    }
    const { op, ...given } = value;
    const row = typeof op === 'string' ? ownValue(operationRows, op) : undefined;
    if (!row) {
      const message =
        op === undefined
          ? 'An operation needs the field op'
          : `Unknown op type "${typeof op === 'string' ? op : JSON.stringify(op)}"`;
      this.report(message, op === undefined ? path : [...path, 'op'], 'value', operationNames);
      return undefined;
    }
    const name = op as OperationName;
    const fields = row.properties ? { ...row.fields, properties: undefined } : row.fields;
    const read = this.#fields(given, fields, { name, path });
    if (!row.properties) return read && ({ op: name, ...read } as unknown as ModelOperation);
    const inside = [...path, 'properties'];
    const { properties } = given;
    if (!isRecord(properties)) {
      const isMissing = properties === undefined;
      this.report(
        isMissing ? `${name} needs the field properties` : 'properties must be an object',
        isMissing ? path : inside,
        isMissing ? 'key' : 'value',
      );
      return undefined;
    }
    const below = this.#fields(properties, row.properties, { name, path: inside });
    return read && below && ({ op: name, ...read, properties: below } as unknown as ModelOperation);
  }

  /** Returns the valid fields; undefined if a field is invalid or missing. */
  #fields(
    given: Readonly<Record<string, unknown>>,
    fields: Readonly<Record<string, FieldFormat | undefined>>,
    { name, path }: { name: OperationName; path: LayerPath },
  ): Record<string, unknown> | undefined {
    const rows = Object.entries(fields).map(([key, format]) => ({
      key: key.replace('?', ''),
      isOptional: key.endsWith('?'),
      format,
    }));
    const known = rows.map(({ key }) => key);
    for (const key of Object.keys(given)) {
      if (known.includes(key)) continue;
      this.report(`"${key}" isn't a field of ${name}`, [...path, key], 'key', known);
    }
    const read: Record<string, unknown> = {};
    let isValid = true;
    for (const { key, isOptional, format } of rows) {
      if (!format) continue;
      const value = given[key];
      if (value === undefined) {
        if (isOptional) continue;
        this.report(`${name} needs the field ${key}`, path, 'key');
        isValid = false;
        continue;
      }
      const result = this.#value(value, format, [...path, key]);
      if (result !== undefined) read[key] = result;
      else if (!isOptional || format === 'text') isValid = false;
    }
    return isValid ? read : undefined;
  }

  #value(value: unknown, format: FieldFormat, path: LayerPath): unknown {
    if (format === 'text') {
      if (typeof value === 'string') return value;
      this.report(`${String(path.at(-1))} must be text`, path);
      return undefined;
    }
    return format === 'relationFields'
      ? this.#relationFields(value, path)
      : this.#schema(value, format, path);
  }

  #relationFields(value: unknown, path: LayerPath): readonly unknown[] | undefined {
    if (!Array.isArray(value)) {
      this.report('relationFields must be a list', path);
      return undefined;
    }
    return value.flatMap((field: unknown, index) => {
      const read = this.#relationField(field, [...path, index]);
      return read ? [read] : [];
    });
  }

  #relationField(value: unknown, path: LayerPath): object | undefined {
    if (!isRecord(value)) {
      this.report('A relation field must be an object', path);
      return undefined;
    }
    const known = ['selector', 'relation', 'defaultKind', 'defaultNamespace', 'allowedKinds'];
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) {
        this.report(`"${key}" isn't a field of a relation field`, [...path, key], 'key', known);
      }
    }
    const { selector, relation, defaultKind, defaultNamespace, allowedKinds } = value;
    const from = isRecord(selector) ? selector['path'] : undefined;
    if (typeof from !== 'string') {
      this.report('A relation field needs a selector with a path such as "spec.owner"', path);
    }
    if (isRecord(selector)) {
      for (const key of Object.keys(selector)) {
        if (key !== 'path')
          this.report(`"${key}" isn't a field of a selector`, [...path, 'selector', key], 'key');
      }
    }
    if (typeof relation !== 'string') {
      this.report('A relation field needs a relation such as "ownedBy"', path);
    }
    if (defaultKind !== undefined && typeof defaultKind !== 'string') {
      this.report('defaultKind must be text', [...path, 'defaultKind']);
    }
    if (![undefined, 'default', 'inherit'].includes(defaultNamespace as string | undefined)) {
      const values = ['default', 'inherit'];
      this.report(
        'defaultNamespace must be default or inherit',
        [...path, 'defaultNamespace'],
        'value',
        values,
      );
    }
    const isList = Array.isArray(allowedKinds) && allowedKinds.every(k => typeof k === 'string');
    if (allowedKinds !== undefined && !isList) {
      this.report('allowedKinds must be a list of kinds', [...path, 'allowedKinds']);
    }
    if (typeof from !== 'string' || typeof relation !== 'string') return undefined;
    return {
      selector: { path: from },
      relation,
      ...(typeof defaultKind === 'string' && { defaultKind }),
      ...((defaultNamespace === 'default' || defaultNamespace === 'inherit') && {
        defaultNamespace,
      }),
      ...(isList && { allowedKinds: allowedKinds as readonly string[] }),
    };
  }

  /** Returns a schema as `{ jsonSchema }`; for an invalid one of a kind, {@link anySpec}. */
  #schema(value: unknown, format: FieldFormat, path: LayerPath): object | undefined {
    const fallback = format === 'schema' ? { jsonSchema: anySpec } : undefined;
    const jsonSchema = isRecord(value) ? value['jsonSchema'] : undefined;
    if (!isRecord(value) || jsonSchema === undefined) {
      this.report('schema must be an object with the field jsonSchema', path);
      return fallback;
    }
    for (const key of Object.keys(value)) {
      if (key !== 'jsonSchema')
        this.report(`"${key}" isn't a field of schema`, [...path, key], 'key');
    }
    const inside = [...path, 'jsonSchema'];
    if (!isRecord(jsonSchema) || !isJsonValue(jsonSchema)) {
      this.report('Invalid JSON schema: must be an object', inside);
      return fallback;
    }
    const plain = plainJson(jsonSchema) as JsonSchema;
    if (format === 'schemaChange') return { jsonSchema: plain };
    const message = this.#checkSchema(plain);
    if (message !== undefined) {
      this.report(message, [...inside, ...pointerIn(message)]);
      return fallback;
    }
    if (format === 'termSchema') {
      if (plain['type'] === 'string') return { jsonSchema: plain };
      this.report(
        'The schema must have "type": "string" at the root, only string values are supported',
        inside,
      );
      return undefined;
    }
    return { jsonSchema: plain };
  }
}

/** Returns the path in a message of {@link SchemaCheck}. */
export function pointerIn(message: string): LayerPath {
  const [, pointer = ''] = /^Invalid JSON schema, error at path (\/\S*?)?: /.exec(message) ?? [];
  return pointer
    .split('/')
    .slice(1)
    .map(step =>
      /^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~'),
    );
}
