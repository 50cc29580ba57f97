import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { TestRepository } from '../../../../support/gitRepository';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team-a
  type: service
  parameters:
    - required: [name]
      properties:
        name: { type: string }
        token: { type: string, ui:field: Secret }
  steps:
    - id: fetch
      action: fetch:template
      input: { url: ./skeleton, values: { name: '\${{ parameters.name }}' } }
`;

const README = 'one\ntwo\nthree\nfour\n${{ values.name }}\n';

let cwd: string;
let templates: TestRepository;
let project: TestRepository;

useTemporaryFolder(path => (cwd = path));
beforeEach(() => {
  templates = new TestRepository(join(cwd, 'templates'));
  templates.commit({ 'template.yaml': TEMPLATE, 'skeleton/README.md': README });
  mkdirSync(join(cwd, 'shop'));
});

const template = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(['template', ...args], { cwd });

async function scaffold(): Promise<void> {
  templates.write({ '../values.json': '{ "name": "shop", "token": "******" }' });
  templates.write({ '../secrets.json': '{ "token": "a-secret-word" }' });
  const { code, stderr } = await template(
    ...['run', 'templates', '--values', 'values.json', '--secrets', 'secrets.json'],
    ...['--out', 'shop', '--record'],
  );
  expect([code, stderr.includes('rror')]).toEqual([0, false]);
  project = new TestRepository(join(cwd, 'shop'));
  project.commit();
}

const update = (...args: string[]): ReturnType<typeof callboard> =>
  template('update', 'shop', '--template', 'templates', ...args);

const read = (path: string): string => readFileSync(join(cwd, 'shop', path), 'utf8');

describe('callboard template run --record', () => {
  it('records the template and its values without secrets', async () => {
    await scaffold();
    const text = read('.callboard/template.yaml');
    expect(text).not.toMatch(/secret-word|token/);
    expect(parse(text)).toEqual({
      version: 1,
      template: {
        ref: 'template:default/service',
        path: 'template.yaml',
        commit: templates.git('rev-parse', 'HEAD'),
        digest: expect.stringMatching(/^sha256:/) as string,
      },
      values: { name: 'shop' },
      files: { 'README.md': expect.stringMatching(/^sha256:/) as string },
    });
  });

  it('lists the record beside the files of the template', async () => {
    templates.write({ '../values.json': '{ "name": "shop" }' });
    const args = ['run', 'templates', '--values', 'values.json', '--out', 'new'];
    const { stdout } = await template(...args, '--record', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      files: ['README.md'],
      record: '.callboard/template.yaml',
    });
  });

  it('is rejected with --dry-run', async () => {
    const { code, stderr } = await template('run', 'templates', '--dry-run', '--record');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('Use either --record or --dry-run') as string,
    ]);
  });

  it('is required to write a record', async () => {
    templates.write({ '../values.json': '{ "name": "shop" }' });
    await template('run', 'templates', '--values', 'values.json', '--out', 'new');
    expect(existsSync(join(cwd, 'new/.callboard'))).toBe(false);
  });
});

describe('callboard template update', () => {
  it('reports no updates if the template is unchanged', async () => {
    await scaffold();
    const before = read('.callboard/template.yaml');
    templates.commit({ 'unrelated.md': 'x' });
    expect(await update()).toEqual({
      code: 0,
      stdout: 'Up to date with template:default/service\n',
      stderr: '',
    });
    expect(read('.callboard/template.yaml')).toBe(before);
  });

  it('merges template changes and keeps local ones', async () => {
    await scaffold();
    project.commit({ 'README.md': 'one\ntwo\nthree\nfour\nshop, mine\n' });
    templates.commit({ 'skeleton/README.md': `new\n${README}`, 'skeleton/ci.yaml': 'ci\n' });
    expect(await update()).toEqual({
      code: 0,
      stdout: `2 files updated from template:default/service:
  merged    README.md
  added     ci.yaml
`,
      stderr: '',
    });
    expect(read('README.md')).toBe('new\none\ntwo\nthree\nfour\nshop, mine\n');
    expect(read('.callboard/template.yaml')).toContain(templates.git('rev-parse', 'HEAD'));
    expect(await update('--check')).toMatchObject({ code: 0 });
  });

  it('reports an outdated project with --check and writes nothing', async () => {
    await scaffold();
    templates.commit({ 'skeleton/README.md': `new\n${README}` });
    const { code, stdout } = await update('--check', '--format', 'json');
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      {
        templates: [
          {
            ref: 'template:default/service',
            status: 'outdated',
            from: {
              commit: templates.git('rev-parse', 'HEAD~1'),
              digest: expect.any(String) as string,
            },
            to: {
              commit: templates.git('rev-parse', 'HEAD'),
              digest: expect.any(String) as string,
            },
            written: false,
            files: [{ path: 'README.md', state: 'updated' }],
          },
        ],
      },
    ]);
    expect(read('README.md')).toBe('one\ntwo\nthree\nfour\nshop\n');
  });

  describe('with conflicts', () => {
    beforeEach(async () => {
      await scaffold();
      project.commit({ 'README.md': 'one\nmine\nthree\nfour\nshop\n' });
      templates.commit({
        'skeleton/README.md': README.replace('two', 'theirs'),
        'skeleton/ci.yaml': 'ci\n',
      });
    });

    it('writes nothing', async () => {
      const { code, stdout } = await update();
      expect([code, stdout]).toEqual([
        1,
        expect.stringContaining(
          'conflict  README.md (both changed the same lines)\n  added     ci.yaml\nNothing was written because of conflicts.',
        ) as string,
      ]);
      expect(existsSync(join(cwd, 'shop/ci.yaml'))).toBe(false);
    });

    it('writes both sides with markers if requested', async () => {
      expect(await update('--conflicts', 'markers')).toMatchObject({ code: 1 });
      expect(read('README.md')).toBe(
        'one\n<<<<<<< this project\nmine\n=======\ntheirs\n>>>>>>> template:default/service\nthree\nfour\nshop\n',
      );
      expect(await update('--check')).toMatchObject({ code: 0 });
    });

    it('skips conflicting files if requested and reports them again', async () => {
      expect(await update('--conflicts', 'skip')).toMatchObject({ code: 1 });
      expect(read('README.md')).toBe('one\nmine\nthree\nfour\nshop\n');
      const { code, stdout } = await update('--check');
      expect([code, stdout]).toEqual([
        1,
        '1 file to update from template:default/service:\n  conflict  README.md (both changed the same lines)\n',
      ]);
    });
  });

  it('rejects merges into uncommitted changes without --allow-dirty', async () => {
    await scaffold();
    project.write({ 'README.md': 'one\ntwo\nthree\nfour\nmine\n' });
    templates.commit({ 'skeleton/README.md': `new\n${README}` });
    const { code, stderr } = await update();
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('1 file to merge into has uncommitted changes') as string,
    ]);
    expect(await update('--allow-dirty')).toMatchObject({ code: 0 });
    expect(read('README.md')).toBe('new\none\ntwo\nthree\nfour\nmine\n');
  });

  it('requires values that the current template needs', async () => {
    await scaffold();
    templates.commit({ 'template.yaml': TEMPLATE.replace('[name]', '[name, team]') });
    expect(await update()).toEqual({
      code: 1,
      stdout: `template:default/service now needs different values. Pass them with --values FILE and --secrets FILE:
  values requires property "team"
`,
      stderr: '',
    });
    templates.write({ '../more.json': '{ "team": "crew" }' });
    expect(await update('--values', 'more.json')).toMatchObject({ code: 0 });
    expect(read('.callboard/template.yaml')).toContain('team: crew');
  });

  it("reports the recorded path of a template that it can't find", async () => {
    await scaffold();
    const { code, stderr } = await template('update', 'shop');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        "Can't find template:default/service. It was in template.yaml. Use --template PATH",
      ) as string,
    ]);
  });

  it('finds the template in the repository of the project', async () => {
    templates.write({ '../values.json': '{ "name": "shop" }' });
    const args = ['run', 'templates', '--values', 'values.json', '--out', 'templates/shop'];
    await template(...args, '--record');
    templates.commit({ 'skeleton/README.md': `new\n${README}` });
    expect(await template('update', 'templates/shop')).toMatchObject({ code: 0 });
  });

  it('reports a missing record and rejects an invalid one', async () => {
    expect(await template('update', 'shop')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('so its template is unknown') as string,
    });
    templates.write({
      '../shop/.callboard/template.yaml': 'version: 1\ntemplate: { ref: component:x }\n',
    });
    const { code, stderr } = await template('update', 'shop');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('shop/.callboard/template.yaml:2:18: error: ref must be') as string,
    ]);
  });

  it('updates from the current version of an included template', async () => {
    const values = '{ "name": "shop", "owner": "group:default/crew", "description": "A shop" }';
    templates.write({ '../values.json': values });
    const path = join(process.cwd(), 'templates/website');
    const ran = await template('run', path, '--values', 'values.json', '--out', 'site', '--record');
    expect(ran.code).toBe(0);
    expect(await template('update', 'site')).toMatchObject({ code: 0 });
  });
});
