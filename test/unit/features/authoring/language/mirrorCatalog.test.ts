import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MirrorCatalog, ReferencePlace } from '../../../../../src/features/authoring/language';
import type { CatalogEngine } from '../../../../../src/features/catalog/core';
import { stringifyEntityRef } from '../../../../../src/model';
import {
  historyOperation,
  historyStart,
  historyText,
  perform,
} from '../../../../support/catalogHistory';
import { aComponent, aDescriptor, documents } from '../../../../support/descriptors';
import { LanguageWorkspace, openLanguageWorkspace } from '../../../../support/languageWorkspace';
import { longRun } from '../../../../support/longRun';
import { at, openCatalog } from '../../../../support/testCatalog';

describe('`MirrorCatalog`', () => {
  it('returns the same as the catalog after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(historyOperation, historyText), { maxLength: 12 }),
        async steps => {
          const catalog = await openCatalog(historyStart);
          const workspace = new LanguageWorkspace(catalog);
          for (const step of steps) {
            if (typeof step === 'string') await workspace.write({ 'a/x.yaml': step });
            else await catalog.engine.applyChanges(perform(step, catalog.files));
          }
          // The feed has received all events by now, and runs without pauses on the stopped clock.
          await new Promise(resolve => setTimeout(resolve, 0));
          expect(contentOf(workspace.mirror)).toEqual(expectedContent(catalog.engine));
          expect(failedIn(workspace.mirror)).toEqual(failedBy(catalog.engine));
          workspace.dispose();
        },
      ),
      longRun({ runs: 15, seed: 20261125 }),
    );
  });

  it('moves entities after edits above them in multi-document files', async () => {
    const parts = [
      ...Array.from({ length: 8 }, (_, index) =>
        aComponent(`c${index}`, { owner: `team-${index}` }),
      ),
      aDescriptor('group:team-3'),
      aDescriptor('group:twice'),
      aDescriptor('group:twice'),
      aDescriptor('group:broken', { type: 5 }),
    ];
    const texts = [
      parts,
      ['# Above\n\n', ...parts],
      [`# Above\n${parts[0] ?? ''}`, ...parts.slice(1)],
      parts.with(4, `${aComponent('c4')}# More\n`),
      [aComponent('new'), ...parts],
      [...parts.slice(0, 3), ...parts.slice(5)],
      parts.toReversed(),
    ].map(some => documents(...some));
    const catalog = await openCatalog({ 'x.yaml': '' });
    const workspace = new LanguageWorkspace(catalog);
    for (const text of texts) {
      await workspace.edit({ 'x.yaml': text });
      const afresh = await openLanguageWorkspace({ 'x.yaml': text });
      for (const { mirror } of [workspace, afresh]) expect(mirror.isReady).toBe(true);
      expect(workspace.mirror.entitiesInFile(at('x.yaml'))).toEqual(
        afresh.mirror.entitiesInFile(at('x.yaml')),
      );
      expect(contentOf(workspace.mirror)).toEqual(contentOf(afresh.mirror));
      for (const ref of ['group:default/team-3', 'group:default/team-7', 'group:default/team']) {
        expect(byPlace(workspace.mirror.referencesTo(ref))).toEqual(
          byPlace(afresh.mirror.referencesTo(ref)),
        );
      }
    }
    workspace.dispose();
  });

  it('has the final positions after several moves', async () => {
    const parts = Array.from({ length: 9 }, (_, index) =>
      aComponent(`c${index}`, { owner: 'team' }),
    );
    const texts = ['', '# One\n', '# One\n\n# Three\n', '\n\n'].map(above =>
      documents(`${above}${aComponent('first')}`, ...parts),
    );
    const catalog = await openCatalog({ 'x.yaml': '' });
    const workspace = new LanguageWorkspace(catalog);
    for (const text of texts) {
      await workspace.edit({ 'x.yaml': text });
    }
    const { mirror } = await openLanguageWorkspace({ 'x.yaml': texts.at(-1) ?? '' });
    expect(workspace.mirror.get('component:default/c8')).toEqual(
      mirror.get('component:default/c8'),
    );
    expect(byPlace(workspace.mirror.referencesTo('group:default/team'))).toEqual(
      byPlace(mirror.referencesTo('group:default/team')),
    );
    workspace.dispose();
  });

  it('keeps identical documents when others are reordered', async () => {
    const same = aDescriptor('group:twice');
    const others = Array.from({ length: 8 }, (_, index) => aComponent(`c${index}`));
    const texts = [
      [same, aComponent('a'), same, aComponent('b'), ...others],
      [aComponent('b'), same, aComponent('a'), same, ...others],
      [...others, same, same, same],
    ].map(some => documents(...some));
    // Wins over all of them.
    const winner = { 'a.yaml': same };
    const catalog = await openCatalog({ ...winner, 'x.yaml': '' });
    const workspace = new LanguageWorkspace(catalog);
    for (const text of texts) {
      await workspace.edit({ 'x.yaml': text });
      const afresh = await openLanguageWorkspace({ ...winner, 'x.yaml': text });
      expect(workspace.mirror.entitiesInFile(at('x.yaml'))).toEqual(
        afresh.mirror.entitiesInFile(at('x.yaml')),
      );
    }
    workspace.dispose();
  });

  it('returns the referrers of an entity with positions', async () => {
    const workspace = await openLanguageWorkspace({
      'a.yaml': documents(aDescriptor('group:team'), aComponent('one', { owner: 'team' })),
    });

    expect(workspace.mirror.referrerCount('group:default/team')).toBe(1);
    expect(workspace.mirror.referencesTo('group:default/team')).toEqual([
      expect.objectContaining({
        sourceRef: 'component:default/one',
        file: at('a.yaml'),
        document: 1,
        field: 'spec.owner',
        written: 'team',
      }),
    ]);
  });

  it('counts used values per kind or in total', async () => {
    const { mirror } = await openLanguageWorkspace({
      'a.yaml': documents(aComponent('one', { type: 'service' }), aComponent('two')),
      'b.yaml': aDescriptor('resource:db', { type: 'database', owner: 'x' }),
    });

    expect(mirror.facet('kind')).toEqual(
      new Map([
        ['Component', 2],
        ['Resource', 1],
      ]),
    );
    expect(mirror.facet('type', 'resource')).toEqual(new Map([['database', 1]]));
  });
});

function byPlace(places: readonly ReferencePlace[]): readonly ReferencePlace[] {
  return [...places].sort((a, b) => a.range.start.line - b.range.start.line);
}

function contentOf(mirror: MirrorCatalog): unknown {
  const entities = [...mirror.entities()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  return entities.map(({ ref, file, kind, place }) => ({
    ref,
    kind,
    file,
    range: place?.nameRange,
    relations: mirror.relations(ref),
  }));
}

function expectedContent(engine: CatalogEngine): unknown {
  return engine.getEntities().map(entity => {
    const ref = stringifyEntityRef(entity);
    const source = engine.getEntitySource(ref);
    return {
      ref,
      kind: entity.kind,
      file: source?.file,
      range: source?.nameRange,
      relations: engine.getRelations(ref),
    };
  });
}

function failedIn(mirror: MirrorCatalog): readonly string[] {
  return [...mirror.files()]
    .flatMap(file =>
      mirror.failedInFile(file).map(({ ref, place: { document } }) => `${file} ${document} ${ref}`),
    )
    .sort();
}

function failedBy(engine: CatalogEngine): readonly string[] {
  return engine
    .getFailedEntities()
    .map(({ kind, namespace, name, source: { file, document } }) => {
      const ref = kind && name ? stringifyEntityRef({ kind, namespace, name }) : undefined;
      return `${file} ${document} ${ref}`;
    })
    .sort();
}
