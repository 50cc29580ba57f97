// Records the results of the real MkDocs beside the test sites: for test/fixtures/techdocs/sites, its files, its output
// with Material and the settings of techdocs-core; for test/fixtures/techdocs/links, its messages about links.
// Python runs only with this option:
//
//   node scripts/recordSites.mjs --with-mkdocs /usr/bin/python3 [--plugins FOLDER]…
//
// FOLDER contains the sources of plugins that aren't installed. A site that needs a missing plugin keeps its recording.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeBuild } from './lib/describeBuild.mjs';

const { values } = parseArgs({
  options: {
    'with-mkdocs': { type: 'string' },
    plugins: { type: 'string', multiple: true, default: [] },
  },
});
const python = values['with-mkdocs'];
if (python === undefined) {
  process.stderr.write('Say which Python has MkDocs 1.6: --with-mkdocs /usr/bin/python3\n');
  process.exit(2);
}

const root = resolve(import.meta.dirname, '..');
const plugins = values.plugins.flatMap(path => ['--plugins', resolve(path)]);
record(python, 'sites', []);
record(python, 'links', ['--links']);
recordBuilds(python, 'sites');

/**
 * @param {string} executable
 * @param {string} name
 * @param {string[]} options
 */
function record(executable, name, options) {
  const { folder, sites } = sitesIn(name);
  const script = join(root, 'scripts', 'mkdocsSite.py');
  const configs = sites.map(({ config }) => config);
  const output = execFileSync(executable, [script, ...options, ...plugins, ...configs], {
    encoding: 'utf8',
  });
  const lines = output.trim().split('\n');
  for (const [index, { name: site }] of sites.entries()) {
    const { unavailable, ...made } = JSON.parse(lines[index] ?? '{}');
    if (unavailable.length) {
      process.stdout.write(`${site}: not recorded, without ${unavailable.join(' and ')}\n`);
      continue;
    }
    const recording = options.length > 0 ? made.links : made;
    writeFileSync(join(folder, `${site}.json`), `${JSON.stringify(recording, undefined, 2)}\n`);
    process.stdout.write(`${site}: recorded${made.fails ? ', MkDocs does not build it' : ''}\n`);
  }
}

/**
 * @param {string} executable
 * @param {string} name
 */
function recordBuilds(executable, name) {
  const { folder, sites } = sitesIn(name);
  const configs = sites.map(({ config }) => config);
  const out = mkdtempSync(join(tmpdir(), 'callboard-builds-'));
  try {
    const script = join(root, 'scripts', 'mkdocsBuild.py');
    const output = execFileSync(executable, [script, ...plugins, out, ...configs], {
      encoding: 'utf8',
    });
    for (const [index, line] of output.trim().split('\n').entries()) {
      const { unavailable, fails } = JSON.parse(line);
      const site = sites[index];
      if (unavailable.length || fails || !site) continue;
      const build = describeBuild(join(out, String(index)));
      const text = `${JSON.stringify(build, undefined, 2)}\n`;
      writeFileSync(join(folder, `${site.name}.build.json`), text);
      process.stdout.write(`${site.name}: build recorded\n`);
    }
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** @param {string} name */
function sitesIn(name) {
  const folder = join(root, 'test', 'fixtures', 'techdocs', name);
  const sites = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => ({ name: entry.name, config: join(folder, entry.name, 'mkdocs.yml') }))
    .filter(({ config }) => existsSync(config));
  return { folder, sites };
}
