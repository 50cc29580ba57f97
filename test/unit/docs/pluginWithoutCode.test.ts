import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { writeFiles } from '../../support/folders';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from '../cli/capture';

const example = inProject('docs/examples/plugin-without-code');
const declaration = readFileSync(join(example, '.callboard/plugin.yaml'), 'utf8');

let folder: string;
useTemporaryFolder(path => (folder = path));

async function run(...args: readonly string[]) {
  const { code, stdout, stderr } = await callboard(args, { cwd: folder });
  return { code, lines: `${stdout}${stderr}`.split('\n').filter(Boolean) };
}

it('docs/extending.md shows the plugin without code unchanged', () => {
  const indented = declaration.replace(/^(?=.)/gm, '   ');
  expect(readFileSync(inProject('docs/extending.md'), 'utf8')).toContain(indented);
  expect(declaration.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});

describe('plugin without code on the command line', () => {
  it('reports problems of the plugin and of its data', async () => {
    cpSync(example, folder, { recursive: true });
    expect((await run('validate')).lines).toEqual(['No problems in 3 files (3 entities)']);
    const wrong = declaration.replace('label: Bugs', 'lable: Bugs');
    writeFiles(folder, { '.callboard/plugin.yaml': wrong });
    const { code, lines } = await run('validate', '--format', 'unix');
    expect(code).toBe(1);
    expect(lines.slice(0, -1)).toEqual([
      '.callboard/plugin.yaml:22:11: error: Unknown key "lable". Did you mean "label"? [invalid-plugin]',
      '.callboard/plugin.yaml:22:11: error: "label" is missing [invalid-plugin]',
    ]);
    writeFiles(folder, {
      'services/shop/sonar.json': '{\n  "bugs": 1, "rating": "A"\n}\n',
      '.callboard/plugin.yaml': declaration,
    });
    expect((await run('validate', '--format', 'unix')).lines).toContain(
      'services/shop/sonar.json:1:1: warning: There is no "coverage", which "Quality" of the plugin acme-quality shows [plugin-data]',
    );
  });

  it('indexes its documents for search', async () => {
    cpSync(example, folder, { recursive: true });
    const { lines } = await run('search', 'drain queue', '--in', 'runbooks');
    expect(lines[1]).toContain('services/shop/RUNBOOK.md');
  });

  it('is loaded by --plugin from a folder or a VSIX file', async () => {
    const manifest = {
      contributes: {
        callboard: {
          apiVersion: 1,
          id: 'guides',
          title: 'Guides',
          search: [{ id: 'guides', title: 'Guides', files: '*.md' }],
        },
      },
    };
    const files = { 'package.json': JSON.stringify(manifest), 'guide.md': '# Hello guide\n' };
    writeFiles(join(folder, 'plugin'), files);
    writeFiles(folder, { 'work/catalog-info.yaml': '' });
    const bytes = Object.entries(files).map(
      ([path, text]) => [`extension/${path}`, new TextEncoder().encode(text)] as const,
    );
    writeFileSync(join(folder, 'guides.vsix'), zipSync(Object.fromEntries(bytes)));
    for (const plugin of ['plugin', 'guides.vsix']) {
      const { lines } = await run('search', 'hello', 'work', '--plugin', plugin);
      expect(lines[1]).toContain('Hello guide');
    }
    expect(await run('search', 'hello', 'work', '--plugin', 'work')).toMatchObject({
      code: 2,
      lines: [
        'callboard: There is no plugin in work: it needs a plugin.yaml, or a package.json with contributes.callboard',
        'Run "callboard search --help" for usage.',
      ],
    });
  });
});
