import { existsSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import type { TestRepository } from '../../support/gitRepository';
import { aTemplate } from '../../support/templates';

const ref = fc.constantFrom('a', 'b', 'c', 'component:default/d', 'nothing');
const owner = fc.constantFrom('team', 'other', 'nobody');

const anApi = (name: string, definition: unknown): string =>
  aDescriptor(`api:${name}`, { type: 'graphql', definition });

const text = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd', 'A'), owner, ref)
    .map(([name, of, target]) => aComponent(name, { owner: of, dependsOn: [target] })),
  fc
    .tuple(fc.constantFrom('a', 'b', 'c'), owner, ref)
    .map(([name, of, target]) =>
      documents(
        aDescriptor(`group:${of}`),
        aComponent(name, { owner: of, subcomponentOf: target, providesApis: [name] }),
        anApi(name, 'type Query {\n  a: Nothing\n}\n'),
      ),
    ),
  fc
    .constantFrom('./schema.graphql', '../schema.graphql', './missing.graphql')
    .map(target => anApi('a', { $text: target })),
  fc
    .constantFrom('./x/*.yaml', './x/1.yaml', '../y/2.txt', './nothing.yaml', './*/*.yaml')
    .map(target => aDescriptor('location:l', { targets: [target] })),
  fc.constantFrom(
    aTemplate({ input: "          owner: '${{ user.ref }}'\n" }),
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a\n',
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: not a name\n',
    'kind: Unknown\n',
    '',
  ),
);

const descriptors = [
  'catalog-info.yaml',
  'x/1.yaml',
  'x/catalog-info.yaml',
  'y/2.txt',
  'y/deep/catalog-info.yaml',
  'y/all.yaml',
];
const others: readonly (readonly [path: string, texts: readonly string[]])[] = [
  ['schema.graphql', ['type Query {\n  a: Int\n}\n', 'type Query {\n  b: Nothing\n}\n']],
  ['x/schema.graphql', ['type Query {\n  a: Other\n}\n', 'no schema']],
  ['CODEOWNERS', ['* @team\n', 'x/ @other\n/y @nobody\n']],
  ['.gitignore', ['y/\n', '*.txt\n', '']],
  ['.vscode/settings.json', ['{"callboard.catalog.exclude": ["x"]}', '{}']],
  ['app-config.yaml', ['app: {}\n']],
  ['x/skeleton/README.md', ['# ${{ values.nam }}\n', 'Nothing\n']],
  ['x/skeleton', ['A file where a folder was\n']],
];

/** A change of a repository, as a person makes it. */
export type RepositoryEdit = (repository: TestRepository) => void;

/** Makes room for a file, as an editor's user would. */
function put(repository: TestRepository, path: string, content: string): void {
  const folder = dirname(join(repository.folder, path));
  if (!existsSync(folder)) repository.remove(dirname(path));
  repository.remove(path);
  repository.write({ [path]: content });
}

const path = fc.constantFrom(...descriptors, ...others.map(([name]) => name));
/** Edits of descriptors, of files that they depend on, of folders, links and the index. */
export const repositoryEdit: fc.Arbitrary<RepositoryEdit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...descriptors), text).map(
      ([to, content]) =>
        (repository: TestRepository) =>
          put(repository, to, content),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        ...others.flatMap(([to, texts]) => texts.map(content => [to, content] as const)),
      )
      .map(
        ([to, content]) =>
          (repository: TestRepository) =>
            put(repository, to, content),
      ),
  },
  fc
    .oneof(path, fc.constantFrom('x', 'y', 'y/deep'))
    .map(gone => (repository: TestRepository) => repository.remove(gone)),
  fc
    .tuple(fc.oneof(path, fc.constantFrom('x', 'y')), fc.oneof(path, fc.constant('z')))
    .map(([from, to]) => (repository: TestRepository) => {
      const [here, there] = [join(repository.folder, from), join(repository.folder, to)];
      if (!existsSync(here) || existsSync(there) || there.startsWith(`${here}/`)) return;
      mkdirSync(dirname(there), { recursive: true });
      renameSync(here, there);
    }),
  fc.constantFrom('x', 'y/2.txt').map(target => (repository: TestRepository) => {
    repository.remove('link');
    symlinkSync(target, join(repository.folder, 'link'));
  }),
  fc.constant((repository: TestRepository) => void repository.commit()),
  fc.constant((repository: TestRepository) => {
    repository.git('rm', '--quiet', '-r', '--cached', '--ignore-unmatch', 'x');
  }),
  fc.constant((repository: TestRepository) => void repository.git('add', '--all')),
);
