import { EMPTY_RANGE, errorMessage, joinUri } from '../../../../base';
import {
  type CustomKind,
  type DisabledLines,
  findDisabledLines,
  isDisabled,
  type Problem,
} from '../../../../model';
import type { KindValidators, ValidateKind } from '../../../../model/validation';
import { readWithin } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import type { YamlDocument } from '../ingest/yaml/yamlDocument';
import { parseYamlDocuments } from '../ingest/yaml/yamlDocuments';
import { createProblem } from '../problems/problemSeverities';
import { resolveReference } from '../locations';
import {
  type BundledSchema,
  bundleKindSchema,
  type KindSchema,
  SchemaFault,
  type SchemaFiles,
} from './kindSchema';
import { type KindSchemas, type LoadedSchemas, noSchemas } from './kindSchemas';

/** Maximum size of a schema file, in bytes. */
const MAX_SCHEMA_FILE = 1024 * 1024;
const MAX_SCHEMA_FILES = 50;

/**
 * Loads the schema files of custom kinds, relative to the first workspace folder that has the file.
 * References must stay in that folder.
 */
export async function loadKindSchemas(
  kinds: readonly CustomKind[],
  { roots, fileSystem }: { roots: readonly string[]; fileSystem: FileSystem },
): Promise<LoadedSchemas> {
  const paths = new Set(kinds.flatMap(({ schema }) => schema ?? []));
  if (!paths.size || !roots.length) return noSchemas;
  // A Map, because a path can be `__proto__`.
  const schemas = new Map<string, KindSchema>();
  const problems: Problem[] = [];
  const dependencies = new Set<string>();
  for (const path of paths) {
    const root = await firstWith(path, roots, fileSystem);
    const files = new WorkspaceSchemas({ root, fileSystem });
    try {
      const uri = files.resolve(path, joinUri(root, 'settings.json'), []);
      const bundled = await bundleKindSchema(uri, files);
      try {
        await compile(bundled.schema);
      } catch (error) {
        throw compilerFault(error, bundled, uri);
      }
      schemas.set(path, bundled.schema);
    } catch (error) {
      if (!(error instanceof SchemaFault)) throw error;
      const problem = files.problemOf(error, path);
      if (!files.isIgnored(problem)) problems.push(problem);
    }
    for (const uri of files.dependencies) dependencies.add(uri);
  }
  return { schemas: Object.fromEntries(schemas), problems, dependencies };
}

let latest: { readonly schemas: string; readonly validators: KindValidators } | undefined;

/** Compiles valid schemas, again only if they changed. */
export async function kindValidators(schemas: KindSchemas): Promise<KindValidators> {
  const text = JSON.stringify(schemas);
  if (latest?.schemas === text) return latest.validators;
  const validators = new Map<string, ValidateKind>();
  for (const [path, schema] of Object.entries(schemas)) {
    validators.set(path, await compile(schema));
  }
  latest = { schemas: text, validators };
  return validators;
}

/**
 * Compiles a schema.
 *
 * @throws Error with the compiler's reason
 */
async function compile(schema: KindSchema): Promise<ValidateKind> {
  // Loaded on demand: ajv is larger than the rest of the catalog.
  const { compileKindSchema } = await import('./compileKindSchema');
  return compileKindSchema(schema);
}

/** Converts the first error of the compiler to an error at its place in the files. */
function compilerFault(error: unknown, { places }: BundledSchema, uri: string): SchemaFault {
  const reason = errorMessage(error);
  const [, name = '', pointer = '', objection = ''] =
    /data\/definitions\/(s\d+)(?!\d)(\S*) (.*?)(?:, data\/|$)/s.exec(reason) ?? [];
  const place = places.get(name);
  if (!place) return new SchemaFault(reason.slice(0, 1000), uri, []);
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => (/^\d+$/.test(step) ? Number(step) : step));
  const path = [...place.path, ...steps];
  return new SchemaFault(`/${path.join('/')} ${objection.slice(0, 1000)}`, place.uri, path);
}

async function firstWith(
  path: string,
  roots: readonly string[],
  fileSystem: FileSystem,
): Promise<string> {
  for (const root of roots) {
    const target = resolveReference(path, { base: joinUri(root, 'settings.json'), boundary: root });
    try {
      if (target.type === 'local' && (await fileSystem.stat(target.uri))) return root;
    } catch {
      // Not available in this folder.
    }
  }
  return roots[0] ?? '';
}

/** Schema files of one workspace folder, each read once. */
class WorkspaceSchemas implements SchemaFiles {
  readonly dependencies = new Set<string>();
  #root: string;
  #fileSystem: FileSystem;
  #documents = new Map<string, YamlDocument>();
  #disabledLines = new Map<string, DisabledLines>();

  constructor(deps: { root: string; fileSystem: FileSystem }) {
    this.#root = deps.root;
    this.#fileSystem = deps.fileSystem;
  }

  resolve(reference: string, base: string, path: readonly (string | number)[]): string {
    const target = resolveReference(reference, { base, boundary: this.#root });
    if (target.type === 'local') return target.uri;
    const where = target.type === 'remote' ? 'is on another machine' : 'is outside the workspace';
    throw new SchemaFault(
      `${reference} ${where}; schemas are read from the workspace only`,
      base,
      path,
    );
  }

  async load(uri: string): Promise<unknown> {
    const known = this.#documents.get(uri);
    if (known) return known.value;
    if (this.dependencies.size >= MAX_SCHEMA_FILES) {
      throw new SchemaFault(`The schema is made of more than ${MAX_SCHEMA_FILES} files`, uri, []);
    }
    this.dependencies.add(uri);
    const read = await readWithin(this.#fileSystem, {
      uri,
      boundary: this.#root,
      maxSize: MAX_SCHEMA_FILE,
    });
    if (read.type !== 'text') {
      const reason = {
        missing: 'There is no such file',
        outside: 'The file is a link that leads out of the workspace',
        failed: `Can't read this file: ${read.type === 'failed' ? read.message : ''}`,
      }[read.type];
      throw new SchemaFault(reason, uri, []);
    }
    this.#disabledLines.set(uri, findDisabledLines(read.text));
    const [document, second] = parseYamlDocuments(read.text);
    const [fault] = document?.faults ?? [];
    if (document) this.#documents.set(uri, document);
    if (fault) throw new SchemaFault(fault.message, uri, []);
    if (!document || second || document.isEmpty) {
      throw new SchemaFault('A schema file must hold one document', uri, []);
    }
    return document.value;
  }

  /** Whether a comment in its file disables a problem. */
  isIgnored(problem: Problem): boolean {
    const lines = this.#disabledLines.get(problem.file ?? '');
    return lines !== undefined && isDisabled(problem, lines);
  }

  problemOf({ message, uri, path }: SchemaFault, setting: string): Problem {
    const document = this.#documents.get(uri);
    const [fault] = document?.faults ?? [];
    const isReference = path.at(-1) === '$ref';
    return createProblem(
      'custom-kind-schema',
      `The schema ${setting} of callboard.catalog.customKinds cannot be used: ${message}`,
      {
        file: this.dependencies.has(uri) ? uri : joinUri(this.#root, '.vscode/settings.json'),
        document: document && 0,
        range:
          fault?.range ??
          (document && path.length
            ? document.locate(path, isReference ? 'value' : 'key')
            : EMPTY_RANGE),
      },
    );
  }
}
