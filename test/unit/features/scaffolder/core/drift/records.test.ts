import { describe, expect, it } from 'vitest';
import {
  formatRecord,
  readRecords,
  type TemplateRecord,
  withRecord,
} from '../../../../../../src/features/scaffolder/core/drift';
import { FETCH, TemplateDrift } from '../../../../../support/templateDrift';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const COMMIT = 'b'.repeat(40);

const record: TemplateRecord = {
  template: {
    ref: 'template:default/service',
    source: 'https://example.com/templates.git',
    path: 'service/template.yaml',
    commit: COMMIT,
    digest: DIGEST,
    user: undefined,
    task: undefined,
  },
  values: { name: 'shop', port: 80, tags: ['a'] },
  unset: [],
  files: new Map([
    ['README.md', { digest: DIGEST, isExecutable: false }],
    ['bin/run', { digest: DIGEST, isExecutable: true, commit: COMMIT }],
  ]),
};

const problemsOf = (text: string): readonly string[] =>
  readRecords(text, 'file:///x').problems.map(
    ({ message, range: { start } }) => `${start.line + 1}:${start.character + 1} ${message}`,
  );

describe('template record', () => {
  it('is formatted as YAML', () => {
    expect(formatRecord(record).replace(/^#.*\n/gm, '')).toBe(`version: 1
template:
  ref: template:default/service
  source: https://example.com/templates.git
  path: service/template.yaml
  commit: ${COMMIT}
  digest: ${DIGEST}
values:
  name: shop
  port: 80
  tags:
    - a
files:
  README.md: ${DIGEST}
  bin/run:
    digest: ${DIGEST}
    executable: true
    commit: ${COMMIT}
`);
  });

  it('is the same after formatting and reading', () => {
    expect(readRecords(formatRecord(record), '')).toEqual({ records: [record], problems: [] });
  });

  it('is added after others and replaces the one of its template', () => {
    const other = { ...record, template: { ...record.template, ref: 'template:default/other' } };
    const both = withRecord(formatRecord(record), other);
    expect(readRecords(both, '').records).toEqual([record, other]);
    const changed = { ...record, values: { name: 'mart' } };
    expect(readRecords(withRecord(both, changed), '').records).toEqual([changed, other]);
  });

  it.each([
    ['nothing', '', ['1:1 The file is empty. A record needs a template']],
    ['no map', '[]', ['1:1 A record must be a map']],
    [
      'another version',
      'version: 2',
      ['1:10 This version of Callboard can only read records with version: 1'],
    ],
    ['no template', 'version: 1', ['1:1 A record needs a template']],
    [
      'no ref and no digest',
      'version: 1\ntemplate: {}',
      ['2:11 template has no ref', '2:11 template has no digest'],
    ],
    [
      'broken YAML',
      'version: [',
      ['1:11 Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
  ])('is invalid with %s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  const template = `version: 1\ntemplate: { ref: template:default/x, digest: '${DIGEST}' }\n`;

  it.each([
    '../x',
    '/etc/passwd',
    'a/../../x',
    'C:/x',
    'a\\..\\x',
    '.git/hooks/post-checkout',
    'a/.GIT/config',
    '',
    './a',
    '.callboard/template.yaml',
  ])('rejects files outside of the project: %s', path => {
    const text = `${template}files: { ${JSON.stringify(path)}: '${DIGEST}' }`;
    expect(problemsOf(text)).toEqual([
      '3:10 Files of a record must be in the project, outside .git',
    ]);
  });

  it.each([
    ['ref', 'component:default/x', 'the ref of a template: template:namespace/name'],
    ['source', '--upload-pack=x', 'the address of a git repository, or callboard:NAME'],
    ['source', 'callboard:../x', 'the address of a git repository, or callboard:NAME'],
    ['path', '../template.yaml', 'the path of a file in its repository'],
    ['commit', 'HEAD', 'the id of a commit'],
    ['commit', '--output=x', 'the id of a commit'],
    ['task', '../x', 'the id of a task'],
  ])('rejects the %s %s', (field, value, must) => {
    const fields = { ref: 'template:default/x', digest: DIGEST, [field]: value };
    const text = `version: 1\ntemplate: ${JSON.stringify(fields)}`;
    expect(problemsOf(text).map(problem => problem.replace(/^\S+ /, ''))).toEqual([
      `${field} must be ${must}`,
    ]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('rejects a value named %s', name => {
    const text = `${template}values:\n  ${name}: { polluted: true }\n`;
    expect(problemsOf(text)).toEqual([`4:3 A value can't have the name ${name}`]);
  });

  it.each(['__proto__', 'constructor'])('accepts a file named %s', name => {
    const { records } = readRecords(`${template}files: { ${name}: '${DIGEST}' }`, '');
    expect([...(records[0]?.files.keys() ?? [])]).toEqual([name]);
  });

  it('rejects too many aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const name of 'bcdefghi') {
      const before = String.fromCharCode(name.charCodeAt(0) - 1);
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(', ')}]`);
    }
    const text = `${template}values:\n${bomb.map(line => `  ${line}\n`).join('')}`;
    expect(problemsOf(text)).toEqual(['8:38 Aliases expand to more than 100000 values']);
  });

  it('rejects deep nesting and large files', () => {
    expect(problemsOf('['.repeat(100_000))).toEqual(['1:1 Nested deeper than 200 levels']);
    expect(problemsOf(' '.repeat(17 * 1024 * 1024))).toEqual([
      '1:1 The record is larger than 16 MB',
    ]);
  });

  it('is unique for its template', () => {
    const text = `${template}---\n${template}`;
    expect(problemsOf(text)).toEqual(['5:18 Duplicate record of template:default/x']);
    expect(readRecords(text, '').records).toHaveLength(1);
  });
});

describe('record of a run', () => {
  it('has the template and its values', async () => {
    const drift = new TemplateDrift({ 'README.md': 'x' });
    const { template, values } = await drift.make({ values: { name: 'shop' } });
    expect(template).toEqual({
      ref: 'template:default/service',
      source: 'https://example.com/templates.git',
      path: 'service/template.yaml',
      commit: '1'.repeat(40),
      digest: expect.stringMatching(/^sha256:/) as string,
      user: undefined,
      task: undefined,
    });
    expect(values).toEqual({ name: 'shop' });
  });

  it('has no commit with different content', async () => {
    const drift = new TemplateDrift({ 'README.md': 'x' });
    const committed = await drift.make();
    drift.change({ 'README.md': 'y' });
    const { template } = await drift.make();
    expect(template.commit).toBeUndefined();
    expect(template.digest).not.toBe(committed.template.digest);
  });

  it('has the user and the run only if the template uses them', async () => {
    const spec = FETCH.replace(
      "'${{ parameters }}'",
      "{ by: '${{ user.ref }} ${{ context.task.id }}' }",
    );
    const drift = new TemplateDrift({ 'README.md': 'x' }, spec);
    const { template } = await drift.make({ user: 'user:default/ada' });
    expect([template.user, template.task]).toEqual(['user:default/ada', 'first']);
  });

  it('has no secrets', async () => {
    const form = `parameters:
  - properties:
      name: { type: string }
      token: { type: string, ui:field: Secret }
      password: { type: string, ui:widget: password }
      pin: { type: string, ui:options: { widget: password } }
      kind: { type: string, enum: [a, b] }
      address: { type: string }
      nested: { type: object, properties: { key: { type: string, ui:field: Secret } } }
    dependencies:
      kind:
        oneOf:
          - properties: { kind: { enum: [a] } }
          - properties: { kind: { enum: [b] }, other: { type: string, ui:widget: password } }
`;
    const drift = new TemplateDrift({ 'README.md': 'x' }, form + FETCH);
    const { values, unset } = await drift.make({
      values: {
        name: 'shop',
        token: '******',
        password: 'one',
        pin: 'two',
        kind: 'a',
        other: 'three',
        address: 'https://me:s3cret-word@example.com',
        nested: { key: 'four', rest: 'kept' },
        port: 471100,
        'of s3cret-word': true,
        link: `https://example.com/?q=${encodeURIComponent('p@ss/word')}`,
      },
      secrets: { token: 's3cret-word', pin: '471100', other: 'p@ss/word' },
    });
    expect(values).toEqual({ name: 'shop', kind: 'a', nested: { rest: 'kept' } });
    expect(unset).toEqual([]);
  });
});
