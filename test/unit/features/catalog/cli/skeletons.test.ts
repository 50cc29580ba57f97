import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { TestRepository } from '../../../../support/gitRepository';
import { aTemplate } from '../../../../support/templates';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let folder: string;
let repository: TestRepository;

useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  repository = new TestRepository(join(folder, 'repository'));
});

/** Problems of files that aren't descriptors. */
async function problems(line = ''): Promise<readonly string[]> {
  const args = ['validate', '--format', 'json', ...line.split(' ').filter(Boolean)];
  const { stdout } = await callboard(args, { cwd: repository.folder });
  const printed = JSON.parse(stdout) as {
    problems: {
      file: string;
      code: string;
      severity: string;
      message: string;
      range: { start: { line: number; character: number } };
    }[];
  };
  return printed.problems
    .filter(({ file }) => file.includes('skeleton/'))
    .map(({ file, code, severity, message, range: { start } }) =>
      [`${file}:${start.line}:${start.character}`, severity, code, message].join(' '),
    );
}

describe('`callboard validate` in skeletons of Templates', () => {
  it('reports expressions that would fail or stay empty', async () => {
    repository.write({
      'template.yaml': aTemplate({ input: "          owner: '${{ user.ref }}'\n" }),
      'skeleton/README.md': '# ${{ values.name }}\n${{ values.nam }} ${{ values.owner }}\n',
      'skeleton/.github/ci.yaml': 'a: ${{ values.other }}\n',
      'skeleton/comments.yaml':
        '# ${{ values.c }}\na: 1 # ${{ values.d }}\n# ${{ values.e | shout }}\n',
      'skeleton/src/a.ts': 'const a = `${{ values.name | shout }}`; // ${{ parameters.name }}\n',
      'skeleton/catalog-info.yaml': 'name: ${{ values. }}\n',
      'skeleton/image.png': '\0${{ values.other }}',
      'skeleton/ignored.yaml':
        'a: ${{ values.b }} # callboard-disable-line unresolved-expression\n',
      'other/README.md': '${{ values.other }}',
    });
    expect(await problems()).toEqual([
      'skeleton/.github/ci.yaml:0:14 warning unresolved-expression values.other is not passed by the step fetch-base of service',
      'skeleton/README.md:1:11 warning unresolved-expression values.nam is not passed by the step fetch-base of service. Did you mean "name"?',
      'skeleton/catalog-info.yaml:0:18 warning expression-syntax Expected name, received end of input',
      'skeleton/comments.yaml:2:17 hint unknown-filter Unknown template filter "shout"',
      'skeleton/src/a.ts:0:29 hint unknown-filter Unknown template filter "shout"',
      'skeleton/src/a.ts:0:47 warning unresolved-expression parameters is not available in a skeleton. Use values',
    ]);
  });

  it('accepts values from any Template and ignores files copied without templating', async () => {
    const copying = (template: string): string =>
      template.replace(
        '        values:\n',
        '        copyWithoutTemplating: [docs]\n        values:\n',
      );
    repository.write({
      'template.yaml': copying(aTemplate()),
      'website/template.yaml': copying(aTemplate({ input: "          other: '1'\n" }))
        .replace('name: service', 'name: website')
        .replace('./skeleton', '../skeleton'),
      'skeleton/a.txt': '${{ values.other }} ${{ values.third }}',
      'skeleton/docs/a.md': '${{ values.none }}',
    });
    expect(await problems()).toEqual([
      'skeleton/a.txt:0:31 warning unresolved-expression values.third is not passed by the step fetch-base of service',
    ]);
  });

  it('applies severity settings', async () => {
    repository.write({
      'template.yaml': aTemplate(),
      'skeleton/a.txt': '${{ values.other }}',
      '.vscode/settings.json': JSON.stringify({
        'callboard.problems.severity': { 'unresolved-expression': 'error' },
      }),
    });
    const [problem] = await problems();
    expect(problem).toContain('error unresolved-expression');
  });

  it('ignores Templates whose source location is elsewhere', async () => {
    repository.write({
      'template.yaml': aTemplate().replace(
        'metadata:\n',
        'metadata:\n  annotations:\n    backstage.io/source-location: url:https://a.example/b/\n',
      ),
      'skeleton/a.txt': '${{ values.other }}',
    });
    expect(await problems()).toEqual([]);
  });

  it('reports problems that a branch adds with --changed-since', async () => {
    repository.commit({
      'template.yaml': aTemplate({ input: "          other: '1'\n" }),
      'skeleton/a.txt': '${{ values.other }}',
      'skeleton/b.txt': '${{ values.none }}',
    });
    repository.git('checkout', '--quiet', '-b', 'feature');
    expect(await problems('--changed-since main')).toEqual([]);
    repository.write({ 'template.yaml': aTemplate() });
    expect(await problems('--changed-since main')).toEqual([
      'skeleton/a.txt:0:11 warning unresolved-expression values.other is not passed by the step fetch-base of service',
    ]);
  });
});
