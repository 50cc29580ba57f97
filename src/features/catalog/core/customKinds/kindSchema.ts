import { decodeEscapes, isRecord, ownValue } from '../../../../base';
import type { FieldPath } from '../ingest/yaml/yamlDocument';

/** A schema that stands on its own: `$ref` leads to `#/definitions/` of its own and nowhere else. */
export type KindSchema = Readonly<Record<string, unknown>>;

/** Why a schema cannot be used, with the place in the file that says so. */
export class SchemaFault extends Error {
  constructor(
    message: string,
    readonly uri: string,
    readonly path: FieldPath,
  ) {
    super(message);
  }
}

/** A schema, and where each of its definitions is written. */
export interface BundledSchema {
  readonly schema: KindSchema;
  readonly places: ReadonlyMap<string, { readonly uri: string; readonly path: FieldPath }>;
}

export interface SchemaFiles {
  /** The value of a file. @throws SchemaFault where there is none to be had */
  load(uri: string): Promise<unknown>;
  /** Where a reference leads, without its fragment. @throws SchemaFault where it must not lead */
  resolve(reference: string, base: string, path: FieldPath): string;
}

/** Far more than the kinds of a catalog need. */
const MAX_SCHEMAS = 5000;
const MAX_DEPTH = 100;

/** What Backstage's own kind schemas refer to, which an entity has passed before its kind is looked at. */
const BACKSTAGE_SCHEMAS = /^(Entity|EntityEnvelope|EntityMeta|common)(#|$)/;

/** How the schemas below a keyword are arranged. */
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

/** Keywords of draft-07 that judge by a value of their own; all others say nothing. */
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

/** Texts for people, which the language server shows. */
const texts: ReadonlySet<string> = new Set(['description', 'markdownDescription', 'title']);

/**
 * Makes one schema of a file and all that it refers to. Only what draft-07 judges by is taken over, and
 * texts, so that nothing in a file can mean anything else to the compiler of schemas.
 *
 * @throws SchemaFault
 */
export async function bundleKindSchema(uri: string, files: SchemaFiles): Promise<BundledSchema> {
  return new Bundle(files).make(uri);
}

class Bundle {
  #files: SchemaFiles;
  #definitions: Record<string, unknown> = {};
  /** Names of definitions by where they come from. */
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
    // In draft-07 nothing beside a `$ref` counts.
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
        // The compiler writes a condition for each of the names.
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
      // Said where the reference stands, unless the other file has a mistake of its own.
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
