import fc from 'fast-check';
import type { CatalogEngine } from '../../src/features/catalog/core';
import { stringifyEntityRef } from '../../src/model';
import type { FileChange } from '../../src/platform/core/ports';
import { aComponent, aDescriptor, aLocation, documents } from './descriptors';
import type { InMemoryFileSystem } from './inMemoryFileSystem';
import { at } from './testCatalog';

/*
 * Changes of files in a workspace, for properties: few names in few folders, so that files appear and disappear in the
 * same places, hide each other, and refer to each other.
 */

const FOLDERS = ['', 'a', 'a', 'a/b', 'c', 'skeleton'];
const NAMES = [
  'catalog-info.yaml',
  'x.yaml',
  'y.yml',
  'notes.txt',
  'notes.txt',
  'spec.yaml',
  'mkdocs.yml',
  'docs/index.md',
];

const path = fc
  .tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES))
  .map(([folder, name]) => (folder ? `${folder}/${name}` : name));
const folder = fc.constantFrom('a', 'a/b', 'c', 'skeleton', 'a/folder.yaml');

const name = fc.constantFrom('one', 'two', 'three', 'ONE');
const target = fc.constantFrom(
  './x.yaml',
  'y.yml',
  './a/x.yaml',
  '../x.yaml',
  './notes.txt',
  '../notes.txt',
  './a/notes.txt',
  '../a/notes.txt',
  './c/*.yaml',
  './**/*.yaml',
  '../**/y.yml',
  './a',
  './skeleton/x.yaml',
  './catalog-info.yaml',
  './nothing.yaml',
  './linked/x.yaml',
  './link.yaml',
  './linked/**/*.yaml',
  'https://example.com/catalog-info.yaml',
);

const document = fc.oneof(
  { weight: 4, arbitrary: name.map(owned => aComponent(owned)) },
  fc.tuple(name, name).map(([a, b]) => aComponent(a, { dependsOn: [`component:${b}`] })),
  fc.tuple(name, name).map(([a, b]) => aComponent(a, { owner: b, system: a })),
  name.map(a => aDescriptor(`group:${a}`)),
  // Groups and components that contain each other, possibly in a cycle.
  {
    weight: 3,
    arbitrary: fc
      .tuple(name, name, fc.constantFrom('parent', 'children'))
      .map(([a, b, field]) =>
        aDescriptor(`group:${a}`, { [field]: field === 'parent' ? b : [b, 'three'] }),
      ),
  },
  fc.tuple(name, name).map(([a, b]) => aComponent(a, { subcomponentOf: b })),
  // Refs with a wrong kind, for suggestions.
  fc
    .tuple(name, fc.constantFrom('component', 'api', 'group', 'user'), name)
    .map(([a, kind, b]) => aComponent(a, { owner: `${kind}:${b}`, dependsOn: [`${kind}:${b}`] })),
  name.map(a => aDescriptor(`user:${a}`)),
  fc
    .tuple(name, fc.constantFrom('dir:.', 'dir:..', 'dir:./c', 'dir:./a/b', 'dir:/a'))
    .map(([a, ref]) =>
      aDescriptor(`api:${a}`, {}, { annotations: { 'backstage.io/techdocs-ref': ref } }),
    ),
  // Refs without a relation.
  fc.tuple(name, fc.constantFrom('component', 'group'), name).map(([a, kind, b]) =>
    aDescriptor(
      `system:${a}`,
      {},
      {
        annotations: {
          'backstage.io/techdocs-entity': `${kind}:${b}`,
          'backstage.io/source-template': `template:${b}`,
        },
      },
    ),
  ),
  { weight: 3, arbitrary: fc.tuple(name, target).map(([a, to]) => aLocation(a, to)) },
  fc
    .tuple(name, target, target)
    .map(([a, one, two]) =>
      aDescriptor(`location:${a}`, { target: one, targets: [two], presence: 'optional' }),
    ),
  fc
    .tuple(name, fc.constantFrom('./skeleton', './x.yaml', '../c', './${{ values.x }}', './a'))
    .map(([a, url]) =>
      aDescriptor(`template:${a}`, {
        steps: [{ id: 's', name: 'S', action: 'fetch:template', input: { url } }],
      }),
    ),
  fc
    .tuple(
      name,
      fc.constantFrom('$text', '$yaml', '$openapi'),
      fc.constantFrom(
        './spec.yaml',
        '../spec.yaml',
        './notes.txt',
        '/c/spec.yaml',
        './a/spec.yaml',
        './a/notes.txt',
        '../a/notes.txt',
      ),
    )
    .map(([a, key, file]) => aDescriptor(`api:${a}`, { definition: { [key]: file } })),
  fc.constantFrom(
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${{ values.name }}\n',
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: [\n',
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: one\n',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: one\n',
    'plain: yaml\n',
    '# nothing\n',
    'openapi: 3.0.0\ninfo: { $ref: "./x.yaml" }\n',
    'openapi: 3.0.0\ninfo: { $ref: "./notes.txt" }\n',
  ),
);

export const historyText = fc
  .array(document, { minLength: 1, maxLength: 3 })
  .map(texts => documents(...texts));

const ignored = fc.constantFrom('x.yaml\n', '/a\n', 'a/b/\n', '*.yml\n!y.yml\n', 'c/*\n', '\n');

const linkPath = fc.constantFrom('link.yaml', 'linked', 'a/link.yaml', 'a/linked', 'c/linked');
const linkTarget = fc.constantFrom(
  'x.yaml',
  'a/x.yaml',
  'a',
  '',
  'c',
  'linked',
  'nothing',
  '../other',
);

/** Plain data, so that a counterexample can be read. */
export type HistoryOperation =
  | { readonly do: 'write'; readonly path: string; readonly text: string }
  | { readonly do: 'remove'; readonly path: string }
  | { readonly do: 'move'; readonly path: string; readonly to: string }
  /** A symbolic link, possibly dangling, to itself, or in a cycle. */
  | { readonly do: 'link'; readonly path: string; readonly to: string };

export const historyOperation: fc.Arbitrary<HistoryOperation> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('write'), path, text: historyText }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove'), path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move'), path, to: path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove'), path: folder }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move'), path: folder, to: folder }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('write'),
      path: fc.constantFrom('.gitignore', 'a/.gitignore', 'c/.gitignore'),
      text: ignored,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('link'), path: linkPath, to: linkTarget }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove'), path: linkPath }) },
);

/** Changes the files, and reports the changes as watchers do: for a folder, only the folder itself. */
export function perform(operation: HistoryOperation, files: InMemoryFileSystem): FileChange[] {
  const place = `/work/${operation.path}`;
  switch (operation.do) {
    case 'write': {
      if (!isFree(files, place)) return [];
      const type = files.paths().includes(place) ? 'changed' : 'created';
      files.write(place, operation.text);
      return [{ type, uri: at(operation.path) }];
    }
    case 'link':
      files.remove(place);
      if (!isFree(files, place)) return [{ type: 'deleted', uri: at(operation.path) }];
      files.link(place, `/work/${operation.to}`);
      return [{ type: 'created', uri: at(operation.path) }];
    case 'remove':
      files.remove(place);
      return [{ type: 'deleted', uri: at(operation.path) }];
    case 'move': {
      const to = `/work/${operation.to}`;
      const exists = files.paths().some(path => `${path}/`.startsWith(`${place}/`));
      if (!exists || `${to}/`.startsWith(`${place}/`) || `${place}/`.startsWith(`${to}/`))
        return [];
      files.remove(to);
      if (!isFree(files, to)) return [{ type: 'deleted', uri: at(operation.to) }];
      files.move(place, to);
      return [
        { type: 'deleted', uri: at(operation.path) },
        { type: 'deleted', uri: at(operation.to) },
        { type: 'created', uri: at(operation.to) },
      ];
    }
  }
}

/** Whether a file can be created: no parent is a file, and the path isn't a folder. */
function isFree(files: InMemoryFileSystem, place: string): boolean {
  return !files.paths().some(path => place.startsWith(`${path}/`) || path.startsWith(`${place}/`));
}

/** Returns the whole state of a catalog. */
export function contentOf(engine: CatalogEngine): unknown {
  const entities = engine.getEntities();
  return {
    entities,
    problems: engine.getProblems(),
    failed: engine.getFailedEntities(),
    files: engine.getFiles(),
    statistics: engine.statistics,
    sources: entities.map(entity => engine.getEntitySource(stringifyEntityRef(entity))),
    relations: entities.map(entity => engine.getRelations(stringifyEntityRef(entity))),
  };
}

/** Returns the whole state of a catalog after its skeletons have been checked. */
export async function inspectedContentOf(engine: CatalogEngine): Promise<unknown> {
  await engine.whenInspected();
  return contentOf(engine);
}

/** Paths whose changes affect other files. */
export const historyStart: Readonly<Record<string, string>> = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  'first/catalog-info.yaml': aLocation('first', '../a/x.yaml', '../a/notes.txt'),
  'a/notes.txt': documents('kind: Other\napiVersion: v1\n', aComponent('noted')),
  'a/x.yaml': documents(
    'kind: Other\napiVersion: v1\n',
    aDescriptor('api:x', { definition: { $text: './notes.txt' } }),
  ),
};
