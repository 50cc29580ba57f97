import { decodeEscapes, isRecord, ownValue } from '../../../../base';
import type { FieldPath } from '../ingest/yaml/yamlDocument';

/** A self-contained schema: `$ref` only references its own `#/definitions/`. */
export type KindSchema = Readonly<Record<string, unknown>>;

/** An error in a schema, with its place. */
export class SchemaFault extends Error {
  constructor(
    message: string,
    readonly uri: string,
    readonly path: FieldPath,
  ) {
    super(message);
  }
}

/** A schema with the place of each definition. */
export interface BundledSchema {
  readonly schema: KindSchema;
  readonly places: ReadonlyMap<string, { readonly uri: string; readonly path: FieldPath }>;
}

export interface SchemaFiles {
  /**
   * Returns the parsed content of a file.
   *
   * @throws SchemaFault if it can't be read
   */
  load(uri: string): Promise<unknown>;
  /**
   * Resolves a reference without its fragment.
   *
   * @throws SchemaFault if the target isn't allowed
   */
  resolve(reference: string, base: string, path: FieldPath): string;
}

/** Far above the needs of real kinds. */
const MAX_SCHEMAS = 5000;
const MAX_DEPTH = 100;

/** Backstage's own schemas, which an entity has passed before its kind is validated. */
const BACKSTAGE_SCHEMAS = /^(Entity|EntityEnvelope|EntityMeta|common)(#|$)/;

/** Structure of the schemas in a keyword's value. */
const nested: Readonly<
  Record<string, 'schema' | 'list' | 'map' | 'schemaOrList' | 'dependencies'>
> = {
  additionalItems: 'schema',
  additionalProperties: 'schema',
  contains: 'schema',
  else: 'schema',
  if: 'schema',
  items: 'schemaOrList',
  not: 'schema',
  propertyNames: 'schema',
  then: 'schema',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
  patternProperties: 'map',
  properties: 'map',
  dependencies: 'dependencies',
};

/** Keywords of draft-07 that validate by their own value; all others are ignored. */
const assertions: ReadonlySet<string> = new Set([
  'const',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'pattern',
  'required',
  'type',
  'uniqueItems',
]);

/** Descriptive keywords, which the language server shows. */
const texts: ReadonlySet<string> = new Set(['description', 'markdownDescription', 'title']);

/**
 * Bundles a schema file and all referenced files into one schema. Copies only validating keywords
 * of draft-07 and descriptions, so that no other content affects the schema compiler.
 *
 * @throws SchemaFault
 */
export async function bundleKindSchema(uri: string, files: SchemaFiles): Promise<BundledSchema> {
  return new Bundle(files).make(uri);
}

class Bundle {
  #files: SchemaFiles;
  #definitions: Record<string, unknown> = {};
  /** Names of definitions by place. */
  #names = new Map<string, string>();
  #places = new Map<string, { uri: string; path: FieldPath }>();
  #pending: { name: string; uri: string; path: FieldPath; value: unknown }[] = [];
  #count = 0;

  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  async make(uri: string): Promise<BundledSchema> {
    const root = this.#definition(uri, [], await this.#files.load(uri));
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      this.#definitions[next.name] = await this.#take(next.value, next.uri, next.path);
    }
    return { schema: { $ref: root, definitions: this.#definitions }, places: this.#places };
  }

  #definition(uri: string, path: FieldPath, value: unknown): string {
    const place = JSON.stringify([uri, path]);
    let name = this.#names.get(place);
    if (name === undefined) {
      name = `s${this.#names.size}`;
      this.#names.set(place, name);
      this.#places.set(name, { uri, path });
      this.#pending.push({ name, uri, path, value });
    }
    return `#/definitions/${name}`;
  }

  async #take(value: unknown, uri: string, path: FieldPath): Promise<unknown> {
    if (typeof value === 'boolean') return value;
    if (!isRecord(value)) {
      throw new SchemaFault('A schema must be an object or a boolean', uri, path);
    }
    this.#add(1, uri);
    if (path.length > MAX_DEPTH) throw new SchemaFault('The schema is nested too deeply', uri, []);
    // In draft-07, keywords beside `$ref` are ignored.
    if (value['$ref'] !== undefined) return this.#reference(value['$ref'], uri, [...path, '$ref']);
    const taken: Record<string, unknown> = {};
    for (const [keyword, below] of Object.entries(value)) {
      const arrangement = ownValue(nested, keyword);
      if (texts.has(keyword)) {
        if (typeof below === 'string') taken[keyword] = below;
      } else if (assertions.has(keyword)) taken[keyword] = below;
      else if (arrangement) {
        taken[keyword] = await this.#below(arrangement, below, uri, [...path, keyword]);
      }
    }
    return taken;
  }

  #add(count: number, uri: string): void {
    this.#count += count;
    if (this.#count <= MAX_SCHEMAS) return;
    throw new SchemaFault(`There are more than ${MAX_SCHEMAS} schemas`, uri, []);
  }

  async #below(
    arrangement: (typeof nested)[string],
    value: unknown,
    uri: string,
    path: FieldPath,
  ): Promise<unknown> {
    if (arrangement === 'schema' || (arrangement === 'schemaOrList' && !Array.isArray(value))) {
      return this.#take(value, uri, path);
    }
    if (arrangement === 'list' || arrangement === 'schemaOrList') {
      if (!Array.isArray(value)) throw new SchemaFault('Must be a list of schemas', uri, path);
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        items.push(await this.#take(item, uri, [...path, index]));
      }
      return items;
    }
    if (!isRecord(value)) throw new SchemaFault('Must be an object of schemas', uri, path);
    const entries: [string, unknown][] = [];
    for (const [name, item] of Object.entries(value)) {
      if (arrangement === 'dependencies' && Array.isArray(item)) {
        // The compiler generates a condition per name.
        this.#add(item.length, uri);
        entries.push([name, item]);
      } else entries.push([name, await this.#take(item, uri, [...path, name])]);
    }
    return Object.fromEntries(entries);
  }

  async #reference(reference: unknown, uri: string, path: FieldPath): Promise<unknown> {
    if (typeof reference !== 'string') throw new SchemaFault('$ref must be a string', uri, path);
    if (BACKSTAGE_SCHEMAS.test(reference)) return true;
    const [file = '', fragment = ''] = reference.split('#', 2);
    const target = file === '' ? uri : this.#files.resolve(file, uri, path);
    if (fragment !== '' && !fragment.startsWith('/')) {
      throw new SchemaFault(
        `$ref "${reference}" must end with a path such as #/definitions/name`,
        uri,
        path,
      );
    }
    let value = target === uri && file === '' ? await this.#files.load(uri) : undefined;
    try {
      value ??= await this.#files.load(target);
    } catch (error) {
      // Reported at the reference, unless the error is inside the other file.
      if (error instanceof SchemaFault && error.uri === target && !error.path.length) {
        throw new SchemaFault(`$ref "${reference}": ${error.message}`, uri, path);
      }
      throw error;
    }
    const steps: (string | number)[] = [];
    for (const written of pointerSteps(fragment)) {
      const step = Array.isArray(value) ? Number(written) : written;
      steps.push(step);
      const isThere =
        (isRecord(value) || Array.isArray(value)) && Object.hasOwn(value, String(step));
      if (!isThere) throw new SchemaFault(`$ref "${reference}" leads to nothing`, uri, path);
      value = Reflect.get(value as object, step);
    }
    return { $ref: this.#definition(target, steps, value) };
  }
}

function pointerSteps(fragment: string): readonly string[] {
  return fragment
    .split('/')
    .slice(1)
    .map(step => decodeEscapes(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}
