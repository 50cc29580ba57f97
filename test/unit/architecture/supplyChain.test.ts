import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';

interface Lockfile {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly integrity?: string;
        readonly resolved?: string;
        /** Whether the archive of another package contains it. */
        readonly inBundle?: boolean;
        readonly dependencies?: Readonly<Record<string, string>>;
        readonly optionalDependencies?: Readonly<Record<string, string>>;
      }
    >
  >;
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Paths of files below a folder, relative to the project. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map(
    file => `${folder}/${file.replaceAll('\\', '/')}`,
  );
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(inProject(file), 'utf8')) as T;
}

const hosts = [
  'scripts/node',
  'test/support/backstage',
  'test/support/hosts/codeServer',
  'test/support/hosts/oldestNode',
  'test/support/hosts/web',
];
const lockfiles = [
  'package-lock.json',
  ...hosts.flatMap(filesIn).filter(file => /-lock\.json$/.test(file)),
].sort();
const manifests = ['package.json', ...hosts.map(host => `${host}/package.json`)];

it('has a lockfile for each set of packages', () => {
  expect(lockfiles).toEqual([
    'package-lock.json',
    'scripts/node/package-lock.json',
    'test/support/backstage/package-lock.json',
    'test/support/hosts/codeServer/extensions-lock.json',
    'test/support/hosts/codeServer/package-lock.json',
    'test/support/hosts/codeServer/vscode-lock.json',
    'test/support/hosts/oldestNode/package-lock.json',
    'test/support/hosts/web/package-lock.json',
  ]);
});

it.each(lockfiles)('%s has a hash and no address for each package', file => {
  const packages = Object.entries(read<Lockfile>(file).packages).filter(([name]) => name !== '');
  expect(packages.length).toBeGreaterThan(/node\//i.test(file) ? 3 : 40);
  const loose = packages.filter(
    ([, { integrity, resolved, inBundle }]) =>
      (!integrity?.startsWith('sha512-') && !inBundle) || resolved?.startsWith('http'),
  );
  expect(loose.map(([name]) => name)).toEqual([]);
});

it('locks each dependency of a package', () => {
  // A package that the registry doesn't have is left out by npm install, and npm ci refuses that.
  const { packages } = read<Lockfile>('package-lock.json');
  const locked = new Set(Object.keys(packages).map(path => path.replace(/^.*node_modules\//, '')));
  const named = Object.values(packages).flatMap(one =>
    Object.keys({ ...one.dependencies, ...one.optionalDependencies }),
  );
  expect([...new Set(named)].filter(name => !locked.has(name))).toEqual([]);
});

it.each(manifests)('%s names exact versions and has no install scripts', file => {
  const { scripts = {}, ...manifest } = read<Manifest>(file);
  const versions = Object.entries({
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  });
  expect(
    versions.filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+[\w.-]*$/.test(version)),
  ).toEqual([]);
  const installing = ['preinstall', 'install', 'postinstall', 'prepare'];
  expect(installing.filter(name => name in scripts)).toEqual([]);
});

it('turns install scripts off', () => {
  expect(readFileSync(inProject('.npmrc'), 'utf8')).toContain('ignore-scripts=true\n');
});

it('pins GitHub Actions to commits', () => {
  const workflows = ['docs', 'templates', 'demo']
    .flatMap(filesIn)
    .filter(file => /^docs.*\.(ya?ml|md)$|\/workflows\/[^/]*\.ya?ml$/.test(file));
  const uses = workflows.flatMap(file =>
    [...readFileSync(inProject(file), 'utf8').matchAll(/^[ -]*uses: (.*)$/gm)].map(
      ([, action]) => `${file}: ${action}`,
    ),
  );
  expect(uses.length).toBeGreaterThan(15);
  expect(uses.filter(use => !/@[\da-f]{40} # v\d+\.\d+\.\d+$/.test(use))).toEqual([]);
});
