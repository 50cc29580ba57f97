// Records what TechDocs' generator makes of the configs in test/fixtures/techdocs/production, beside each of them: the
// config that MkDocs gets, or the error. The package isn't a dependency, because it brings 200 MB of SDKs. Install it
// anywhere and name the folder:
//
//   npm install @backstage/plugin-techdocs-node@2.3.0
//   node scripts/recordTechDocsRules.mjs FOLDER_WITH_NODE_MODULES
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write(
    'Name the folder with @backstage/plugin-techdocs-node in its node_modules\n',
  );
  process.exit(2);
}

const require = createRequire(join(resolve(folder), 'package.json'));
const packageFolder = resolve(folder, 'node_modules/@backstage/plugin-techdocs-node');
const stage = join(packageFolder, 'dist/stages/generate');
const patchers = require(join(stage, 'mkdocsPatchers.cjs.js'));
const { MKDOCS_SCHEMA, UnknownTag } = require(join(stage, 'helpers.cjs.js'));
const yaml = createRequire(join(packageFolder, 'package.json'))('js-yaml');
const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));

const fixtures = resolve(import.meta.dirname, '../test/fixtures/techdocs/production');
const logger = { warn() {}, info() {}, debug() {} };
for (const name of readdirSync(fixtures).filter(file => file.endsWith('.yml'))) {
  const recording = {
    source: `@backstage/plugin-techdocs-node ${version}`,
    ...(await sanitized(name)),
  };
  const target = join(fixtures, name.replace(/yml$/, 'json'));
  writeFileSync(target, `${JSON.stringify(recording, undefined, 2)}\n`);
  process.stdout.write(`${name}: ${'error' in recording ? recording.error : 'recorded'}\n`);
}

/** @param {string} name */
async function sanitized(name) {
  const work = mkdtempSync(join(tmpdir(), 'callboard-'));
  const config = join(work, 'mkdocs.yml');
  copyFileSync(join(fixtures, name), config);
  try {
    /** @type {(list: string) => string[]} */
    const widened = list => (name.startsWith('widened') ? [`own-${list}`] : []);
    const defaults = widened('default');
    const plugins = [...widened('plugin'), ...defaults];
    await patchers.sanitizeMkdocsYml(config, logger, widened('key'), plugins, widened('extension'));
    const all = [...defaults, 'techdocs-core'];
    await patchers.patchMkdocsYmlWithPlugins(config, logger, all);
    return { config: plain(yaml.load(readFileSync(config, 'utf8'), { schema: MKDOCS_SCHEMA })) };
  } catch (error) {
    return { error: (error instanceof Error ? error.message : String(error)).split('\n')[0] };
  } finally {
    rmSync(work, { recursive: true });
  }
}

/**
 * Replaces values with a YAML tag by the name of the tag.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
function plain(value) {
  if (value instanceof UnknownTag) {
    const { type } = /** @type {{ type: string }} */ (value);
    return `<${type}>`;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plain(child)]));
}
