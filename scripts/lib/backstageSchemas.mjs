/* Backstage's JSON schemas from its npm packages: the input of the scripts that generate source. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/**
 * @typedef {{ [keyword: string]: any }} Schema
 * @typedef {Record<string, [packageName: string, file: string]>} SchemaFiles
 */

/**
 * Schemas of the kinds: their names, packages and files in `dist`.
 *
 * @type {SchemaFiles}
 */
export const kindSchemas = {
  API: ['@backstage/catalog-model', 'schema/kinds/API.v1alpha1'],
  ApiMcpServer: ['@backstage/catalog-model', 'schema/kinds/API.v1alpha1.mcp-server'],
  AiResource: ['@backstage/catalog-model', 'schema/kinds/AiResource.v1alpha1'],
  AiResourceMarketplace: [
    '@backstage/catalog-model',
    'schema/kinds/AiResource.v1alpha1.marketplace',
  ],
  AiResourcePlugin: ['@backstage/catalog-model', 'schema/kinds/AiResource.v1alpha1.plugin'],
  AiResourceRule: ['@backstage/catalog-model', 'schema/kinds/AiResource.v1alpha1.rule'],
  AiResourceSkill: ['@backstage/catalog-model', 'schema/kinds/AiResource.v1alpha1.skill'],
  Component: ['@backstage/catalog-model', 'schema/kinds/Component.v1alpha1'],
  Domain: ['@backstage/catalog-model', 'schema/kinds/Domain.v1alpha1'],
  Group: ['@backstage/catalog-model', 'schema/kinds/Group.v1alpha1'],
  Location: ['@backstage/catalog-model', 'schema/kinds/Location.v1alpha1'],
  Resource: ['@backstage/catalog-model', 'schema/kinds/Resource.v1alpha1'],
  System: ['@backstage/catalog-model', 'schema/kinds/System.v1alpha1'],
  Template: ['@backstage/plugin-scaffolder-common', 'Template.v1beta3'],
  User: ['@backstage/catalog-model', 'schema/kinds/User.v1alpha1'],
};

/**
 * Schemas that all kinds share. The last two are only referenced.
 *
 * @type {SchemaFiles}
 */
export const sharedSchemas = {
  Entity: ['@backstage/catalog-model', 'schema/Entity'],
  EntityEnvelope: ['@backstage/catalog-model', 'schema/EntityEnvelope'],
  EntityMeta: ['@backstage/catalog-model', 'schema/EntityMeta'],
  Common: ['@backstage/catalog-model', 'schema/shared/common'],
};

/**
 * @param {SchemaFiles} files
 * @returns {Record<string, Schema>}
 */
export function readSchemas(files) {
  return Object.fromEntries(
    Object.entries(files).map(([name, [packageName, file]]) => {
      // By path, because the packages export only their entry points.
      const path = join(packageFolder(packageName), 'dist', `${file}.schema.json.cjs.js`);
      return [name, require(path).default];
    }),
  );
}

/** @param {string} name */
export function packageVersion(name) {
  return JSON.parse(readFileSync(join(packageFolder(name), 'package.json'), 'utf8')).version;
}

/** @param {string} name */
function packageFolder(name) {
  return dirname(require.resolve(`${name}/package.json`));
}
