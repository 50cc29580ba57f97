import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CatalogSourceInfo } from '../../../../../../src/api';
import { Emitter, english, silentLogger } from '../../../../../../src/base';
import { fileAddresses } from '../../../../../../src/features/backstage/core/instances';
import { RenameWatch } from '../../../../../../src/features/backstage/plugin/moved/renameWatch';
import { aComponent } from '../../../../../support/descriptors';
import { noSources } from '../../../../../support/noSources';
import { backstageSource, catalogWith, fetchOnce } from '../../../../../support/servedCatalog';
import { servedComponent, StandInBackstage } from '../../../../../support/standInBackstage';
import { at } from '../../../../../support/testCatalog';

let server: StandInBackstage;

beforeEach(async () => {
  server = await new StandInBackstage().listen();
});

afterEach(() => server.close());

it('reports the other name on a Backstage until both match', async () => {
  const old = servedComponent('old');
  const location = 'url:https://github.com/acme/shop/tree/main/a.yaml';
  const annotations = { 'backstage.io/managed-by-location': location };
  server.entities = [{ ...old, metadata: { ...old.metadata, annotations } }];
  const { source } = backstageSource({ url: server.url });
  await fetchOnce(source);
  const catalog = await catalogWith(source, {
    '.git/config': '[remote "origin"]\n  url = https://github.com/acme/shop.git\n',
    '.git/HEAD': 'ref: refs/heads/main\n',
    'a.yaml': aComponent('new'),
  });
  const info = {
    id: source.config.id,
    name: 'Acme',
    type: 'backstage',
    fetchedAt: 1,
  } as CatalogSourceInfo;
  const watch = new RenameWatch({
    catalog: catalog.engine,
    sources: {
      ...noSources,
      onDidChange: new Emitter<void>().event,
      getSources: () => [info],
      getSourceOf: file => (catalog.engine.isOfSource(file) ? info : undefined),
      findAddresses: files => fileAddresses(files, catalog.files, async () => new Map()),
    },
    files: {
      exists: async uri => (await catalog.files.stat(uri)) !== undefined,
      readFile: uri => catalog.files.readFile(uri),
    },
    logger: silentLogger,
    translate: english,
  });
  const changedFiles: (readonly string[])[] = [];
  watch.onDidChangeProblems(files => changedFiles.push([...files]));
  await watch.look();
  const [problem] = watch.getProblems(at('a.yaml'));
  const place = catalog.engine.getEntitySource('component:default/new');
  expect(problem).toEqual({
    code: 'renamed-in-backstage',
    severity: 'info',
    document: 0,
    message:
      'Acme has this entity as component:default/old, from the same file. Both will exist until the old one is removed.',
    file: at('a.yaml'),
    range: place?.nameRange,
    entityRef: 'component:default/new',
  });
  expect(watch.of('component:default/old')).toEqual(watch.of('component:default/new'));

  await catalog.write({ 'a.yaml': aComponent('old') });
  await watch.look();
  expect(watch.getProblems(at('a.yaml'))).toEqual([]);
  expect(changedFiles).toEqual([[at('a.yaml')], [at('a.yaml')]]);
  watch.dispose();
});
