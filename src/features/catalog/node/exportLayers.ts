import Module from 'node:module';
import { readFileSync } from 'node:fs';
import { isRecord } from '../../../base';

/** Layers that the modules of a backend register. */
export interface ExportedLayers {
  /** Each with `layerId` and `ops`, as the modules made them. */
  readonly layers: readonly unknown[];
  /** Modules of the catalog that add to its model. */
  readonly modules: readonly string[];
  /** Messages about features that weren't run. */
  readonly skipped: readonly string[];
}

/** Package whose backend is replaced by one that doesn't start. */
const DEFAULTS = '@backstage/backend-defaults';
/** Id of `catalogModelExtensionPoint`. */
const MODEL = 'catalog.model';

/**
 * Runs the entry of a Backstage's backend with a backend that only collects features, then the modules that extend the
 * catalog's model. No plugin starts: there is no server, no database and no config.
 *
 * Source: `createBackendModule` of `@backstage/backend-plugin-api` and `ModelHolder` of
 * `@backstage/plugin-catalog-backend`.
 *
 * @param entry - path of the backend's entry
 * @param require - requires modules from the entry's folder
 */
export async function exportLayers(
  entry: string,
  require: NodeJS.Require,
): Promise<ExportedLayers> {
  const added: unknown[] = [];
  compileTypeScript(require);
  replaceBackend({
    add: feature => {
      added.push(feature);
    },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  });
  await require(entry);
  const collected = new CollectedFeatures();
  // Entries can add more once a promise is fulfilled.
  for (let index = 0; index < added.length; index++) await collected.add(await added[index]);
  const layers: unknown[] = [];
  for (const source of collected.sources) layers.push(...(await readSource(source)));
  const { modules, skipped } = collected;
  return { layers, modules, skipped };
}

/** Methods of a `Backend`. */
interface Backend {
  readonly add: (feature: unknown) => void;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Loaders of CommonJS modules, which Node has no types for. */
const loader = Module as unknown as {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
  _extensions: Record<
    string,
    (module: { _compile(code: string, file: string): void }, file: string) => void
  >;
};

/** Compiles TypeScript with the compiler of the Backstage repository. */
function compileTypeScript(require: NodeJS.Require): void {
  let compile: ((file: string) => string) | undefined;
  for (const extension of ['.ts', '.tsx']) {
    loader._extensions[extension] = (module, file) => {
      compile ??= compilerOf(require);
      module._compile(compile(file), file);
    };
  }
}

/** The repository's own package. */
const COMPILER: string = 'typescript';

/** The parts of TypeScript's API that are used. */
interface TypeScript {
  readonly ModuleKind: { readonly CommonJS: number };
  readonly ScriptTarget: { readonly ES2022: number };
  readonly JsxEmit: { readonly ReactJSX: number };
  transpileModule(
    source: string,
    options: { readonly compilerOptions: object; readonly fileName: string },
  ): { readonly outputText: string };
}

function compilerOf(require: NodeJS.Require): (file: string) => string {
  let typescript: TypeScript;
  try {
    typescript = require(COMPILER) as TypeScript;
  } catch (error) {
    const message = "TypeScript isn't installed in the repository. Install its dependencies";
    throw new Error(message, { cause: error });
  }
  const { JsxEmit, ModuleKind, ScriptTarget } = typescript;
  const compilerOptions = {
    module: ModuleKind.CommonJS,
    target: ScriptTarget.ES2022,
    jsx: JsxEmit.ReactJSX,
    esModuleInterop: true,
    experimentalDecorators: true,
  };
  return file =>
    typescript.transpileModule(readFileSync(file, 'utf8'), { compilerOptions, fileName: file })
      .outputText;
}

function replaceBackend(backend: Backend): void {
  const load = loader._load.bind(loader);
  loader._load = (request, parent, isMain) => {
    const loaded = load(request, parent, isMain);
    if (request !== DEFAULTS || !isRecord(loaded)) return loaded;
    const createBackend = { value: () => backend, enumerable: true };
    return Object.create(loaded, { createBackend, __esModule: { value: true } }) as unknown;
  };
}

/** Features of a backend. */
class CollectedFeatures {
  readonly sources: unknown[] = [];
  readonly modules: string[] = [];
  readonly skipped: string[] = [];

  /** Adds a feature, a module with a default export, or a function that returns a feature. */
  async add(written: unknown): Promise<void> {
    const inner = isRecord(written) && 'default' in written ? written['default'] : written;
    const feature: unknown =
      typeof inner === 'function' && !('$$type' in inner) ? call(inner) : inner;
    const own = isFeature(feature) ? feature : undefined;
    if (own && typeof own['getRegistrations'] === 'function') {
      const registrations: unknown = call(own['getRegistrations']);
      for (const one of Array.isArray(registrations) ? registrations : [])
        await this.#register(one);
    } else if (own && typeof own['loader'] === 'function') await this.#load(own['loader'], own);
  }

  async #load(load: unknown, feature: Readonly<Record<string, unknown>>): Promise<void> {
    const deps = feature['deps'];
    if (isRecord(deps) && Object.keys(deps).length > 0) {
      this.skipped.push(
        `A feature loader wasn't run because it needs ${Object.keys(deps).join(', ')}`,
      );
      return;
    }
    const loaded = (await call(load, {})) as AsyncIterable<unknown> | Iterable<unknown>;
    for await (const one of loaded) await this.add(await one);
  }

  async #register(registration: unknown): Promise<void> {
    if (!isRecord(registration) || registration['pluginId'] !== 'catalog') return;
    const { moduleId, init } = registration;
    if (typeof moduleId !== 'string' || !isRecord(init) || !isRecord(init['deps'])) return;
    const needs = Object.entries(init['deps']);
    if (!needs.some(([, ref]) => idOf(ref) === MODEL)) return;
    this.modules.push(moduleId);
    const deps = needs.map(([name, ref]) => [name, idOf(ref) === MODEL ? this.#model() : inert()]);
    await call(init['func'], Object.fromEntries(deps));
  }

  /** The extension point of the model. */
  #model(): unknown {
    return {
      addModelSource: (source: unknown) => void this.sources.push(source),
      setFieldValidators: () => {},
      setEntityDataParser: () => {},
    };
  }
}

const isFeature = (value: unknown): value is Record<string, unknown> =>
  (isRecord(value) || typeof value === 'function') &&
  (value as { $$type?: unknown }).$$type === '@backstage/BackendFeature';

const idOf = (ref: unknown): unknown =>
  (isRecord(ref) || typeof ref === 'function') && 'id' in ref ? ref.id : undefined;

function call(target: unknown, ...args: unknown[]): unknown {
  if (typeof target !== 'function') throw new TypeError('Not a function of a backend feature');
  return (target as (...given: unknown[]) => unknown)(...args);
}

/** Returns a service whose members are all functions that return it. */
function inert(): unknown {
  const service: unknown = new Proxy(() => {}, {
    // Not a promise.
    get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : service),
    apply: () => service,
  });
  return service;
}

/** Reads the first layers of a source, as the catalog does at its start. */
async function readSource(source: unknown): Promise<readonly unknown[]> {
  const read = (source as { read?: unknown }).read;
  if (typeof read !== 'function') return [];
  const stop = new AbortController();
  const layers = Reflect.apply(read, source, [{ signal: stop.signal }]) as AsyncIterator<
    unknown,
    unknown
  >;
  try {
    const { value } = await layers.next();
    const data: unknown = isRecord(value) ? value['data'] : undefined;
    return Array.isArray(data)
      ? data.map((one: unknown) => (isRecord(one) ? one['layer'] : one))
      : [];
  } finally {
    stop.abort();
    await layers.return?.();
  }
}
