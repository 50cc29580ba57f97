/*
 * Writes src/features/templates/core/actions/generated/: the actions of Backstage's scaffolder, with examples and the
 * JSON schemas of their inputs and outputs. Actions declare these when they are created. This script creates them with
 * the packages' own code and stand-ins for all imports except schema libraries, so that the hundreds of packages of a
 * backend aren't needed: see docs/adr/0019-actions-from-packages-alone.md. Does nothing if this script created the
 * output from the same versions.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Module, { builtinModules, createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unpackPackages } from './lib/npmTarballs.mjs';
import { packJson } from './lib/packJson.mjs';
import { writeGenerated } from './lib/writeGenerated.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'src/features/templates/core/actions/generated');
const require = createRequire(import.meta.url);

/** @type {import('./lib/npmTarballs.mjs').PinnedPackages} */
const packages = JSON.parse(readFileSync(join(root, 'scripts', 'actionPackages.json'), 'utf8'));

const scaffolderNode = '@backstage/plugin-scaffolder-node';

/** Schema libraries are real. */
const real = new Set(['zod', 'zod/v3', 'zod-to-json-schema', 'yaml']);

/** Maximum number of examples per action: an editor shows one or two, and some actions have sixty. */
const MOST_EXAMPLES = 2;

/**
 * @typedef {object} Action
 * @property {string} id
 * @property {string} [description]
 * @property {{ input?: object, output?: object }} [schema]
 * @property {boolean} [supportsDryRun]
 * @property {{ description: string, example: string }[]} [examples]
 */

const scripts = [import.meta.url, new URL('lib/packJson.mjs', import.meta.url)];

await writeGenerated(output, { scripts, data: packages }, async draft => {
  const sources = join(draft, 'node_modules');
  mkdirSync(sources);
  await unpackPackages(packages, sources);
  const actions = readActions(sources);
  rmSync(sources, { recursive: true });
  writeData(draft, 'actionSchemas', {
    type: 'Readonly<Record<string, GeneratedAction>>',
    value: Object.fromEntries(actions.map(action => [action.id, schemasOf(action)])),
  });
  writeData(draft, 'actionTexts', {
    type: 'Readonly<Record<string, GeneratedTexts>>',
    value: Object.fromEntries(actions.map(action => [action.id, textsOf(action)])),
  });
});

/**
 * @param {string} sources
 * @returns {Action[]} by their ids
 */
function readActions(sources) {
  const load = loaderWithStandIns(sources);
  /** @type {Map<string, Action>} */
  const actions = new Map();
  for (const name of Object.keys(packages)) {
    if (name === scaffolderNode) continue;
    for (const file of actionFiles(join(sources, name, 'dist'))) {
      for (const [exported, make] of Object.entries(load(file))) {
        if (!/^create.*Action$/.test(exported)) continue;
        const action = make(standIn());
        actions.set(action.id, action);
      }
    }
  }
  return [...actions.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @param {string} dist of a package @returns {string[]} */
function actionFiles(dist) {
  return (
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter(file => /(^|[\\/])(actions|scaffolder[\\/]actions)[\\/].*\.cjs\.js$/.test(file))
      // The backend's own actions are in deeper folders than its actions for assistants.
      .filter(file => !/^actions[\\/]/.test(file) || !existsSync(join(dist, 'scaffolder')))
      .filter(file => !/\.examples\.cjs\.js$/.test(file))
      .map(file => join(dist, file))
  );
}

/**
 * Loads a file of a package with stand-ins for its imports.
 *
 * @param {string} sources
 * @returns {(file: string) => Record<string, any>}
 */
function loaderWithStandIns(sources) {
  // Node's internal loader of `require`, which has no public hook.
  const modules = /** @type {any} */ (Module);
  const loadAsNode = modules._load;
  const createTemplateAction = join(
    ...[sources, scaffolderNode, 'dist', 'actions', 'createTemplateAction.cjs.js'],
  );
  /** @type {(request: string, ...context: any[]) => any} */
  const loadWithStandIn = (request, ...context) => {
    /** @param {string} path */
    const load = path => loadAsNode.call(modules, path, ...context);
    if (request.startsWith('.') || isAbsolute(request)) return load(request);
    if (request.startsWith('node:') || builtinModules.includes(request)) return load(request);
    if (real.has(request)) return load(require.resolve(request));
    return standIn(request === scaffolderNode ? load(createTemplateAction) : {});
  };
  return file => {
    modules._load = loadWithStandIn;
    try {
      return require(file);
    } finally {
      modules._load = loadAsNode;
    }
  };
}

/**
 * Returns a stand-in whose members, calls and instances are stand-ins, too.
 *
 * @param {Record<string | symbol, unknown>} [known]
 * @returns {any}
 */
function standIn(known = {}) {
  // Not an arrow function, which can't be called with `new`.
  return new Proxy(function () {}, {
    get: (_, key) => {
      if (Object.hasOwn(known, key)) return known[key];
      if (key === '__esModule') return true;
      // Used as a key or in a text.
      if (key === Symbol.toPrimitive) return () => '';
      return typeof key === 'symbol' || key === 'then' ? undefined : standIn();
    },
    apply: () => standIn(),
    construct: () => standIn(),
  });
}

/** @param {Action} action */
function schemasOf({ schema, supportsDryRun }) {
  return {
    input: schema?.input && plainSchema(schema.input),
    output: schema?.output && plainSchema(schema.output),
    supportsDryRun: supportsDryRun === true ? true : undefined,
  };
}

/**
 * Returns the documentation of an action, which checks don't need.
 *
 * @param {Action} action
 */
function textsOf({ description, schema, examples = [] }) {
  return {
    description,
    input: descriptionsIn(schema?.input),
    output: descriptionsIn(schema?.output),
    examples: examples
      .slice(0, MOST_EXAMPLES)
      .map(({ description, example }) => ({ description, example })),
  };
}

/**
 * @param {any} schema
 * @returns {Record<string, string>} descriptions by the keys that lead to their schema, with `/` between
 */
function descriptionsIn(schema) {
  /** @type {Record<string, string>} */
  const found = {};
  /** @type {(part: any, pointer: readonly string[]) => void} */
  const visit = (part, pointer) => {
    if (typeof part !== 'object' || part === null) return;
    if (isDescription('description', part.description, pointer)) {
      found[pointer.join('/')] = part.description;
    }
    for (const [key, child] of Object.entries(part)) visit(child, [...pointer, key]);
  };
  visit(schema, []);
  return found;
}

/**
 * Whether a keyword only documents, and isn't a property with that name.
 *
 * @param {string} key
 * @param {unknown} value
 * @param {readonly string[]} pointer of what holds it
 */
function isDescription(key, value, pointer) {
  return key === 'description' && typeof value === 'string' && pointer.at(-1) !== 'properties';
}

/**
 * @param {any} schema a schema or any part of one
 * @param {readonly string[]} [pointer] the keys that lead to it
 * @returns {any}
 */
function plainSchema(schema, pointer = []) {
  if (Array.isArray(schema)) return schema.map(part => plainSchema(part));
  if (typeof schema === 'function') throw new Error('A stand-in became a part of a schema');
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema)
    .filter(([keyword, value]) => {
      if (keyword === '$schema' || isDescription(keyword, value, pointer)) return false;
      // From a missing package: any value may be allowed.
      return !(keyword === 'enum' && Array.isArray(value) && value.length === 0);
    })
    .map(([keyword, value]) => [keyword, plainSchema(value, [...pointer, keyword])]);
  return Object.fromEntries(entries);
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {{ type: string, value: object }} data
 */
function writeData(folder, name, { type, value }) {
  const json = packJson(value).replace(/[\\']/g, '\\$&');
  writeFileSync(
    join(folder, `${name}.js`),
    `${banner()}
// @ts-nocheck: ${name}.d.ts has the types.
import { unpackJson } from '../../../../../base';

export const ${name} = unpackJson('${json}');
`,
  );
  const [typeName] = /Generated\w+/.exec(type) ?? [];
  writeFileSync(
    join(folder, `${name}.d.ts`),
    `${banner()}
import type { ${typeName} } from '../generatedAction';

export const ${name}: ${type};
`,
  );
}

function banner() {
  const [backend] = Object.entries(packages);
  const versions = backend ? `${backend[0]} ${backend[1].version} and its modules` : '';
  return `// Generated by scripts/generateActions.mjs from ${versions}; see NOTICE.`;
}
