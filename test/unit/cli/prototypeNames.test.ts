import { expect, it } from 'vitest';
import { aComponent } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

/* Names that every object has a property of, wherever a workspace can write a name. */

let cwd: string;
useTemporaryFolder(path => (cwd = path));

const write = (files: Readonly<Record<string, string>>): void => writeFiles(cwd, files);

const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty'];
const page = (name: string): string =>
  [
    `# A &${name}; page`,
    `\`\`\`${name} ${name}="1" title="${name}"\nx\n\`\`\``,
    `\`\`\` { .${name} ${name}=1 #${name} }\nx\n\`\`\``,
    `> [!${name}]\n> x`,
    `!!! ${name} "a"\n    x`,
    `:${name}: &${name}; [a](b){ ${name}=c }`,
  ].join('\n\n');

it.each(NAMES)('docs build accepts the name %s', async name => {
  write({
    'mkdocs.yml': [
      'site_name: A',
      `repo_url: https://${name}/a/b`,
      `edit_uri_template: 'x/{path!${name}}'`,
      `validation: { nav: { not_found: ${name} }, links: ${name} }`,
      `theme: { name: ${name}, language: ${name}, palette: ${name} }`,
      `markdown_extensions: [${name}, pymdownx.${name}, pymdownx.superfences, github_alerts, attr_list, admonition]`,
      `plugins: [${name}, search]`,
      `extra: { ${name}: ${name} }`,
    ].join('\n'),
    'docs/index.md': page(name),
  });
  const { code, stdout, stderr } = await callboard(['docs', 'build', '--out', 'out'], { cwd });
  expect(code, `${stdout}${stderr}`).toBe(0);
  const { stdout: problems } = await callboard(['docs', 'check', '--format', 'json'], { cwd });
  expect(() => JSON.parse(problems) as unknown).not.toThrow();
});

it.each(NAMES)('validate accepts the name %s', async name => {
  write({
    'catalog-info.yaml': aComponent('a', { type: name, lifecycle: name, [name]: name }),
    'x.yaml': `apiVersion: backstage.io/v1alpha1\nkind: ${name}\nmetadata: { name: ${name}, annotations: { ${name}: ${name} } }\nspec: { ${name}: { $${name}: x } }\n`,
    'app-config.yaml': [
      'integrations:',
      `  ${name}: [{ host: ${name} }]`,
      'catalog:',
      `  ${name}: 1`,
      '  locations:',
      `    - { type: ${name}, target: ${name} }`,
      `    - { type: url, target: 'https://${name}/a/b/catalog-info.yaml' }`,
      '    - { type: file, target: catalog-info.yaml }',
      `  rules: [{ allow: [${name}] }]`,
      '',
    ].join('\n'),
  });
  const { stdout, stderr } = await callboard(
    ['validate', '--config', 'app-config.yaml', '--format', 'json'],
    { cwd },
  );
  expect(() => JSON.parse(stdout) as unknown, stderr).not.toThrow();
});
