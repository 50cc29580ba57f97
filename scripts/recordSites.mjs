// Records what the real MkDocs makes of the sites in test/fixtures/techdocs/sites, beside each of them.
// Nothing runs Python unless it is asked to:
//
//   node scripts/recordSites.mjs --with-mkdocs /usr/bin/python3 [--plugins FOLDER]…
//
// FOLDER holds the sources of plugins that are not installed. A site that needs a plugin that is not there
// keeps the recording that it has.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

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
const folder = join(root, 'test', 'fixtures', 'techdocs', 'sites');
const sites = readdirSync(folder, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => ({ name, config: join(folder, name, 'mkdocs.yml') }))
  .filter(({ config }) => existsSync(config));
const plugins = values.plugins.flatMap(path => ['--plugins', resolve(path)]);
const script = join(root, 'scripts', 'mkdocsSite.py');
const configs = sites.map(({ config }) => config);
const output = execFileSync(python, [script, ...plugins, ...configs], { encoding: 'utf8' });
const lines = output.trim().split('\n');
for (const [index, { name }] of sites.entries()) {
  const { unavailable, ...site } = JSON.parse(lines[index] ?? '{}');
  if (unavailable.length) {
    process.stdout.write(`${name}: not recorded, without ${unavailable.join(' and ')}\n`);
    continue;
  }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(site, undefined, 2)}\n`);
  process.stdout.write(`${name}: recorded${site.fails ? ', MkDocs does not build it' : ''}\n`);
}
