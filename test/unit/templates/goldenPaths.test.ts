import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ts from 'typescript';
import { parse, parseAllDocuments } from 'yaml';
import { apiFolder, packApi } from '../../../scripts/lib/apiPackage.mjs';
import { inProject } from '../../../scripts/lib/project.mjs';
import { callboard } from '../cli/capture';

/** The software templates that ship. */
const names = readdirSync(inProject('templates')).sort();

/** Entities that the scaffolded files refer to. */
const ORGANIZATION = `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: crew }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Domain
metadata: { name: passengers }
spec: { owner: crew }
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: sailing }
spec: { owner: crew, domain: passengers }
`;

/** A text that YAML, JSON, TOML and HTML escape differently. */
const DESCRIPTION = `It's "quoted": <b>50%</b> & \\ more # or {less}`;

/** Whether a template only adds a catalog file to a project. */
const isDescriptorOnly = (name: string): boolean => ['register-repository'].includes(name);

let folder: string;

beforeAll(async () => {
  await packApi();
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('match the list in the documentation', () => {
  const text = readFileSync(inProject('docs/templates.md'), 'utf8');
  const [, table = ''] = /## Templates that come with Callboard\n([\s\S]*?)\n## /.exec(text) ?? [];
  expect([...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name).sort()).toEqual(names);
});

it('pass their own tests', async () => {
  const { code, stdout } = await callboard(['template', 'test', 'templates'], { cwd: inProject() });
  const fixtures = [...stdout.matchAll(/^templates\/(.+)\/template.callboard-test.yaml$/gm)];
  expect([code, fixtures.map(([, name]) => name)], stdout).toEqual([0, names]);
});

it('are listed', async () => {
  const { stdout } = await callboard(['template', 'list', '--all', '--format', 'json'], {
    cwd: folder,
  });
  const { templates } = JSON.parse(stdout) as { templates: { ref: string; shipped: boolean }[] };
  expect(templates.map(({ ref, shipped }) => [ref, shipped])).toEqual(
    names.map(name => [`template:default/${name}`, true]),
  );
});

it('have no problems', async () => {
  // In this repository, the demo has a template of the same name.
  const alone = join(folder, 'alone');
  cpSync(inProject('templates'), alone, { recursive: true });
  const { stdout } = await callboard(['validate', alone, '--max-warnings', '0'], { cwd: alone });
  expect(stdout).toMatch(/^No problems/);
});

it('are small', () => {
  const size = (path: string): number =>
    statSync(path).isDirectory()
      ? readdirSync(path).reduce((sum, name) => sum + size(join(path, name)), 0)
      : statSync(path).size;
  expect(size(inProject('templates'))).toBeLessThan(150_000);
});

// At the same time, as most of it is waiting for compilers.
describe.concurrent.each(names)('%s', name => {
  let out: string;

  beforeAll(async () => {
    // Values of the first test, which sets all of them.
    const { values, tests } = parse(
      readFileSync(inProject('templates', name, 'template.callboard-test.yaml'), 'utf8'),
    ) as { values: object; tests: readonly { values: object }[] };
    const root = join(folder, name);
    mkdirSync(root);
    writeFileSync(join(root, 'organization.yaml'), ORGANIZATION);
    const valuesFile = join(folder, `${name}.json`);
    const used = { ...values, ...tests[0]?.values, description: DESCRIPTION };
    writeFileSync(valuesFile, JSON.stringify(used));
    out = join(root, 'project');
    const { code, stdout } = await callboard(
      ['template', 'run', `templates/${name}`, '--values', valuesFile, '--out', out],
      { cwd: inProject() },
    );
    expect([code, stdout]).toEqual([0, expect.stringContaining('written into')]);
  });

  it('creates valid entities', async () => {
    const { stdout } = await callboard(['validate', '--max-warnings', '0', join(folder, name)]);
    expect(stdout).toMatch(/^No problems/);
  });

  it('writes a description with special characters correctly', () => {
    const text = readFileSync(join(out, 'catalog-info.yaml'), 'utf8');
    const [first] = parseAllDocuments(text).map(
      document => document.toJS() as { metadata: { description: string } },
    );
    expect(first?.metadata.description).toBe(DESCRIPTION);
  });

  it('leaves no placeholders', () => {
    const left = filesBelow(out).filter(
      path =>
        !/^\.github\//.test(path) &&
        /\$\{\{|\{%/.test(`${path} ${readFileSync(join(out, path), 'utf8')}`),
    );
    expect(left).toEqual([]);
  });

  it.skipIf(isDescriptorOnly(name))('creates docs without problems', async () => {
    const { code, stdout } = await callboard(['docs', 'check', '--strict', out]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^No problems in 1 site/)]);
  });

  it.skipIf(isDescriptorOnly(name))('creates the usual files of a repository', () => {
    const missing = ['README.md', '.editorconfig', '.gitignore', '.github/workflows/ci.yml'].filter(
      path => !existsSync(join(out, path)),
    );
    expect(missing).toEqual([]);
    expect(parse(readFileSync(join(out, '.github/workflows/ci.yml'), 'utf8'))).toMatchObject({
      name: 'CI',
      permissions: { contents: 'read' },
    });
  });

  it.skipIf(name !== 'callboard-plugin')('compiles against the current API', () => {
    symlinkModules(out);
    const read = ts.readConfigFile(join(out, 'tsconfig.json'), path => ts.sys.readFile(path));
    const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, out);
    const paths = { '@callboard/api': [inProject('src/api/index.ts')] };
    const project = { ...options, paths, noEmit: true, rootDir: undefined };
    const program = ts.createProgram(fileNames, project);
    const own = fileNames.flatMap(file => program.getSourceFile(file) ?? []);
    expect(own).toHaveLength(4);
    const faults = own.flatMap(file => program.getSemanticDiagnostics(file));
    expect(
      faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
    ).toEqual([]);
  });

  it('creates tests that pass', async context => {
    if (existsSync(join(out, 'package.json'))) {
      symlinkModules(out);
      await run('npm', ['test', '--offline'], out);
    } else if (existsSync(join(out, 'pyproject.toml'))) {
      await run('python3', ['--version'], out).catch(() => context.skip('There is no python3'));
      await run('python3', ['-m', 'unittest'], out);
    } else context.skip(`What ${name} makes has no code`);
  });
});

it('use the compiler version of this project', () => {
  const { devDependencies } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const named = names.flatMap(name => {
    const file = inProject('templates', name, 'skeleton/package.json');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return /"typescript": "(.*)"/.exec(text)?.[1] ?? [];
  });
  expect(new Set(named)).toEqual(new Set([devDependencies['typescript']]));
});

/** Links the project's packages, which include the compiler that the skeletons name, and the plugin API. */
function symlinkModules(out: string): void {
  const modules = join(out, 'node_modules');
  if (existsSync(modules)) return;
  mkdirSync(join(modules, '@callboard'), { recursive: true });
  for (const name of ['.bin', '@types', 'typescript', 'undici-types']) {
    symlinkSync(inProject('node_modules', name), join(modules, name), 'junction');
  }
  symlinkSync(apiFolder, join(modules, '@callboard', 'api'), 'junction');
}

/** Paths below a folder, with `/`; hidden ones, too. */
function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
}

/** @throws an error with the output */
async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  // Set by the test runner of these tests.
  const { NODE_TEST_CONTEXT: _context, ...env } = process.env;
  try {
    await promisify(execFile)(command, args, { cwd, env: { ...env, NODE_OPTIONS: '' } });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
