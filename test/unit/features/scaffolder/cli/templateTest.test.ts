import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

let cwd: string;

const files: Readonly<Record<string, string>> = {
  'a/template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: a }
spec:
  type: service
  parameters: { required: [name], properties: { name: { type: string } } }
  steps:
    - action: fetch:template
      input: { url: ./skeleton, values: { name: '\${{ parameters.name }}' } }
`,
  'a/skeleton/README.md': '# ${{ values.name }}\n\nOne\nTwo\nThree\n',
  'a/good.callboard-test.yaml': `tests:
  - name: makes a readme
    values: { name: shop }
    expect:
      files: { README.md: { contains: '# shop' } }
  - name: wants a name
    expect:
      error: instance requires property "name"
`,
  'b/bad.callboard-test.yaml': `template: ../a
tests:
  - name: is another
    values: { name: shop }
    expect:
      files:
        README.md: |
          # shop

          One
          Zwei
          Three
  - name: has no such file
    values: { name: shop }
    expect: { files: { LICENSE: MIT } }
`,
  'c/golden.callboard-test.yaml': `template: ../a
tests:
  - name: is golden
    values: { name: shop }
    expect: { files: { golden: golden } }
`,
  'c/golden/README.md': '# other\n',
  'c/golden/old/file': '',
  'd/broken.callboard-test.yaml': 'tests:\n  - nane: a\n',
  'none/README.md': '',
  '.gitignore': 'node_modules\n',
  'node_modules/x/a.callboard-test.yaml': 'tests: 1\n',
};

useTemporaryFolder(path => (cwd = path));
beforeEach(() => {
  mkdirSync(join(cwd, '.git'));
  for (const [path, text] of Object.entries(files)) write(path, text);
});

const write = (path: string, text: string): void => writeFiles(cwd, { [path]: text });

const test = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(['template', 'test', ...args], { cwd });

describe('callboard template test', () => {
  it('reports passed tests', async () => {
    expect(await test('a')).toEqual({
      code: 0,
      stdout: `a/good.callboard-test.yaml
  passed  makes a readme
  passed  wants a name

2 passed (1 file)
`,
      stderr: '',
    });
  });

  it('shows lines that differ', async () => {
    const { code, stdout } = await test('b');
    expect([code, stdout]).toEqual([
      1,
      `b/bad.callboard-test.yaml
  failed  is another
    7:9  README.md differs
      --- expected README.md
      +++ README.md
      @@ -1,5 +1,5 @@
       # shop

       One
      -Zwei
      +Two
       Three
  failed  has no such file
    15:24  LICENSE is missing

0 passed, 2 failed (1 file)
`,
    ]);
  });

  it('reports problems of a fixture', async () => {
    const { code, stdout } = await test('d');
    expect([code, stdout]).toEqual([
      1,
      `d/broken.callboard-test.yaml
  2:5  error  A test has no field "nane". Did you mean "name"?  invalid-template-test
  2:5  error  A test needs a name  invalid-template-test

0 passed, 2 errors in fixtures (1 file)
`,
    ]);
  });

  it("finds all fixtures that git doesn't ignore", async () => {
    const { code, stdout } = await test('--format', 'json');
    const { tests, problems, passed, failed } = JSON.parse(stdout) as {
      tests: { file: string; name: string; status: string; failures: unknown[] }[];
      problems: { file: string }[];
      passed: number;
      failed: number;
    };
    expect(tests.map(({ file, name, status }) => `${file} ${name}: ${status}`)).toEqual([
      'a/good.callboard-test.yaml makes a readme: passed',
      'a/good.callboard-test.yaml wants a name: passed',
      'b/bad.callboard-test.yaml is another: failed',
      'b/bad.callboard-test.yaml has no such file: failed',
      'c/golden.callboard-test.yaml is golden: failed',
    ]);
    expect(tests.at(-1)?.failures).toEqual([
      {
        message: 'README.md differs',
        range: { start: { line: 4, character: 31 }, end: { line: 4, character: 37 } },
        name: 'README.md',
        golden: 'c/golden/README.md',
        expected: '# other\n',
        actual: '# shop\n\nOne\nTwo\nThree\n',
      },
      {
        message: 'old/file is missing',
        range: { start: { line: 4, character: 31 }, end: { line: 4, character: 37 } },
        name: 'old/file',
        golden: 'c/golden/old/file',
        expected: '',
        actual: null,
      },
    ]);
    expect(problems.map(({ file }) => file)).toEqual([
      'd/broken.callboard-test.yaml',
      'd/broken.callboard-test.yaml',
    ]);
    expect([code, passed, failed]).toEqual([1, 2, 3]);
  });

  it('updates golden folders and reports the changes', async () => {
    const { code, stdout, stderr } = await test('c', '--update');
    expect([code, stderr]).toEqual([
      0,
      `Updating c/golden: 1 file written, 1 file removed
  write  c/golden/README.md
  remove c/golden/old/file
`,
    ]);
    expect(stdout).toContain('1 passed');
    expect(readFileSync(join(cwd, 'c/golden/README.md'), 'utf8')).toContain('# shop');
    expect(existsSync(join(cwd, 'c/golden/old'))).toBe(false);
    expect(await test('c/golden.callboard-test.yaml', '--update')).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it("doesn't write through a symbolic link", async () => {
    mkdirSync(join(cwd, 'out'));
    symlinkSync(join(cwd, 'out'), join(cwd, 'c/link'));
    write(
      'c/golden.callboard-test.yaml',
      files['c/golden.callboard-test.yaml']!.replace('golden: golden', 'golden: link/new'),
    );
    const { code, stderr } = await test('c', '--update');
    expect([code, existsSync(join(cwd, 'out/new'))]).toEqual([2, false]);
    expect(stderr).toContain("is a symbolic link, which isn't followed");
  });

  it('prints annotations for GitHub', async () => {
    const { stdout } = await test('b', '--format', 'github');
    expect(stdout.split('\n')).toEqual([
      '::error file=b/bad.callboard-test.yaml,line=7,endLine=7,col=9,endColumn=17,title=template-test-failed::is another: README.md differs%0A--- expected README.md%0A+++ README.md%0A@@ -1,5 +1,5 @@%0A # shop%0A %0A One%0A-Zwei%0A+Two%0A Three',
      '::error file=b/bad.callboard-test.yaml,line=15,endLine=15,col=24,endColumn=30,title=template-test-failed::has no such file: LICENSE is missing',
      '0 passed, 2 failed (1 file)',
      '',
    ]);
  });

  it('prints JUnit XML for build servers', async () => {
    const { stdout } = await test('--format', 'junit');
    const lines = stdout.replace(/ time="[\d.]+"/g, '').split('\n');
    expect(lines.filter(line => /<test(suites|suite|case)|<error/.test(line))).toEqual([
      '<testsuites name="callboard" tests="7" failures="3" errors="2">',
      '  <testsuite name="a/good.callboard-test.yaml" tests="2" failures="0" errors="0" skipped="0">',
      '    <testcase name="makes a readme" classname="a/good.callboard-test.yaml" file="a/good.callboard-test.yaml" line="2"/>',
      '    <testcase name="wants a name" classname="a/good.callboard-test.yaml" file="a/good.callboard-test.yaml" line="6"/>',
      '  <testsuite name="b/bad.callboard-test.yaml" tests="2" failures="2" errors="0" skipped="0">',
      '    <testcase name="is another" classname="b/bad.callboard-test.yaml" file="b/bad.callboard-test.yaml" line="3">',
      '    <testcase name="has no such file" classname="b/bad.callboard-test.yaml" file="b/bad.callboard-test.yaml" line="13">',
      '  <testsuite name="c/golden.callboard-test.yaml" tests="1" failures="1" errors="0" skipped="0">',
      '    <testcase name="is golden" classname="c/golden.callboard-test.yaml" file="c/golden.callboard-test.yaml" line="3">',
      '  <testsuite name="d/broken.callboard-test.yaml" tests="2" failures="0" errors="2" skipped="0">',
      '    <testcase name="invalid-template-test d/broken.callboard-test.yaml:2:5" classname="d/broken.callboard-test.yaml" file="d/broken.callboard-test.yaml" line="2">',
      '      <error message="A test has no field &quot;nane&quot;. Did you mean &quot;name&quot;?" type="invalid-template-test"/>',
      '    <testcase name="invalid-template-test d/broken.callboard-test.yaml:2:5" classname="d/broken.callboard-test.yaml" file="d/broken.callboard-test.yaml" line="2">',
      '      <error message="A test needs a name" type="invalid-template-test"/>',
    ]);
  });

  it('escapes control characters of generated files', async () => {
    write('a/skeleton/README.md', '\u001b[2J${{ values.name }}\n');
    const { stdout } = await test('b');
    expect([stdout.includes('\u001b'), stdout.includes('+\\u001b[2Jshop')]).toEqual([false, true]);
  });

  it('reports that there are no fixtures', async () => {
    expect(await test('none')).toMatchObject({ code: 0, stdout: 'No tests of templates found.\n' });
  });

  it.each([
    [['zzz'], "zzz doesn't exist"],
    [['--format', 'table'], '--format must be one of pretty, json, github, junit, not "table"'],
    [
      ['--all'],
      'Unknown option --all for "template test". Available: --help, --version, --update, --plugin, --trust-plugins, --format',
    ],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await test(...args);
    expect([code, stderr.split('\n')[0]]).toEqual([2, `callboard: ${message}`]);
  });
});
