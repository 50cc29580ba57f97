import { readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { aComponent } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

/* Authors of configs may not see the environment, and output may be published. */

let cwd: string;
let top: string;
useTemporaryFolder(path => (top = path));
beforeEach(() => {
  cwd = join(top, 'repository');
  write({
    '.git/config': '[http]\n\textraheader = hidden-in-git\n',
    '../secret.txt': 'hidden-outside',
  });
});

const write = (files: Readonly<Record<string, string>>): void => writeFiles(cwd, files);

const env = { TOKEN: 'hidden-token', EXTENSION: 'hidden-extension' };

async function run(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await callboard(args, { cwd, env });
  return `${stdout}\n${stderr}`;
}

function built(folder = join(cwd, 'out')): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => join(folder, path))
    .filter(path => statSync(path).isFile())
    .map(path => readFileSync(path, 'utf8'))
    .join('\n');
}

describe('docs', () => {
  beforeEach(() =>
    write({
      'mkdocs.yml':
        'site_name: !ENV [TOKEN, Usual]\nsite_url: !ENV TOKEN\nmarkdown_extensions: [!ENV EXTENSION]\nnav: [!ENV TOKEN]\n',
      'docs/index.md': '# I',
    }),
  );

  it('check and build read no variables by default', async () => {
    const output = [await run('docs', 'check'), await run('docs', 'build', '--out', 'out')].join();
    expect(output).not.toContain('hidden');
  });

  it('build writes defaults instead of variables', async () => {
    write({ 'mkdocs.yml': 'site_name: !ENV [TOKEN, Usual]\ncopyright: !ENV TOKEN\n' });
    await run('docs', 'build', '--out', 'out');
    expect(built()).toContain('Usual');
    expect(built()).not.toContain('hidden-');
  });

  it('check reads named variables and quotes the source text', async () => {
    const named = ['--env', 'TOKEN', '--env', 'EXTENSION'];
    const output = await run('docs', 'check', '--as-mkdocs', ...named);
    expect(output).toContain('The Markdown extension "!ENV EXTENSION" isn\'t supported');
    expect(output).not.toContain('hidden');
  });

  it('check shows no values if TechDocs removes the extension', async () => {
    const output = await run('docs', 'check', '--env', 'TOKEN', '--env', 'EXTENSION');
    expect(output).toContain('TechDocs removes Markdown extensions with the tag !ENV');
    expect(output).toContain("A reference to '!ENV TOKEN' is included in the 'nav' configuration");
    expect(output).not.toContain('hidden');
  });

  it('build reads named variables', async () => {
    write({ 'mkdocs.yml': 'site_name: !ENV [TOKEN, Usual]\n' });
    await run('docs', 'build', '--out', 'out', '--env', 'TOKEN');
    expect(built()).toContain('hidden-token');
  });
});

describe('validate --config', () => {
  const config = (target: string): string =>
    `catalog:\n  locations:\n    - { type: file, target: ${target} }\n  rules: [{ allow: ['\${TOKEN}', Component] }]\n`;

  it.each([
    '"${TOKEN}"',
    '{ $env: TOKEN }',
    '{ $file: ../secret.txt }',
    '{ $file: .git/config }',
    '{ $file: link }',
  ])('discloses nothing: %s', async target => {
    write({ 'app-config.yaml': config(target), 'catalog-info.yaml': aComponent('a') });
    symlinkSync(join(top, 'secret.txt'), join(cwd, 'link'));
    for (const format of ['pretty', 'json', 'sarif']) {
      const output = await run('validate', '--config', 'app-config.yaml', '--format', format);
      expect(output).not.toContain('hidden');
    }
  });

  it('rejects includes of other folders', async () => {
    write({
      'app-config.yaml': 'catalog: { $include: ../other.yaml }\n',
      '../other.yaml': 'locations: [hidden]',
    });
    expect(await run('validate', '--config', 'app-config.yaml')).toContain(
      '../other.yaml is outside of the folder of the config and is not read',
    );
  });

  it('quotes the source text of named variables', async () => {
    write({ 'app-config.yaml': config('"./${TOKEN}.yaml"') });
    const output = await run('validate', '--config', 'app-config.yaml', '--env', 'TOKEN');
    expect(output).toContain('${TOKEN}.yaml does not exist');
    expect(output).toContain('Unknown kind ${TOKEN}');
    expect(output).not.toContain('hidden');
  });

  it('reads files of the folder and named variables', async () => {
    write({
      'app-config.yaml':
        'catalog:\n  locations:\n    - { type: file, target: { $file: path.txt } }\n    - { type: file, target: "${NAME}.yaml" }\n',
      'path.txt': 'a.yaml\n',
      'a.yaml': aComponent('a'),
      'b.yaml': aComponent('b'),
    });
    const { stdout } = await callboard(
      ['entities', '--config', 'app-config.yaml', '--env', 'NAME'],
      { cwd, env: { NAME: 'b' } },
    );
    expect(stdout).toMatch(/ a .*\n *b /);
  });
});
