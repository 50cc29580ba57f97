import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardContent } from '../../../../../src/api';
import { Emitter, english } from '../../../../../src/base';
import { overlayCard } from '../../../../../src/features/backstage/plugin/overlayCard';
import type { Entity, EntityRelation } from '../../../../../src/model';
import { aComponent } from '../../../../support/descriptors';
import { backstageSource, catalogWith, fetchOnce } from '../../../../support/servedCatalog';
import { aSource } from '../../../../support/sourceInfo';
import { servedComponent, StandInBackstage } from '../../../../support/standInBackstage';

let server: StandInBackstage;

beforeEach(async () => {
  server = await new StandInBackstage().listen();
});

afterEach(() => server.close());

/** An entity as the server has it, with relations besides its owner. */
function served(name: string, spec: object, ...relations: readonly EntityRelation[]): Entity {
  const entity = servedComponent(name, spec);
  return { ...entity, relations: [...(entity.relations ?? []), ...relations] };
}

/** The relation changes on the page of `component:a`: `- type ref` and `+ type ref`. */
async function relationChanges(here: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { source } = backstageSource({ url: server.url });
  await fetchOnce(source);
  const catalog = await catalogWith(source, here);
  const { engine } = catalog;
  const info = aSource({ id: 'acme', name: 'Acme', type: 'backstage' });
  const card = overlayCard({
    catalog: engine,
    sources: {
      getSourceOf: file => (engine.isOfSource(file) ? info : undefined),
      getSources: () => [info],
    },
    translate: english,
    renames: { of: () => [] },
    onDidChange: new Emitter<void>().event,
  });
  const shown = catalog.entity('component:default/a');
  const { signal } = new AbortController();
  return linesOf(shown && (await card.load(shown, { signal })));
}

function linesOf(content: CardContent | undefined): readonly string[] {
  const [section] = content?.type === 'sections' ? content.sections : [];
  if (section?.content.type !== 'fields') return [];
  return section.content.fields.flatMap(({ label, value }) =>
    value.flatMap(inline => {
      if (inline.type !== 'change' || inline.piece.type !== 'entity') return [];
      return [`${inline.change === 'added' ? '+' : '-'} ${label} ${inline.piece.entityRef}`];
    }),
  );
}

describe('Changed relations in a Backstage', () => {
  const dependsOn = (ref: string): EntityRelation => ({ type: 'dependsOn', targetRef: ref });
  const dependencyOf = (ref: string): EntityRelation => ({ type: 'dependencyOf', targetRef: ref });

  it('exclude those declared by other entities', async () => {
    server.entities = [
      served('a', {}, dependencyOf('component:default/b')),
      served('b', { dependsOn: ['component:a'] }, dependsOn('component:default/a')),
    ];
    expect(await relationChanges({ 'a.yaml': aComponent('a', { owner: 'team-a' }) })).toEqual([]);
  });

  it('exclude those from missing entities or the Backstage itself', async () => {
    server.entities = [
      served(
        'a',
        { team: 'b' },
        dependencyOf('component:default/elsewhere'),
        { type: 'usedBy', targetRef: 'component:default/b' },
        { type: 'maintainedBy', targetRef: 'group:default/b' },
      ),
      served('b', {}, { type: 'uses', targetRef: 'component:default/a' }),
    ];
    expect(
      await relationChanges({ 'a.yaml': aComponent('a', { owner: 'team-a', team: 'b' }) }),
    ).toEqual([]);
  });

  it('include declared relations, even to missing entities', async () => {
    server.entities = [
      served(
        'a',
        { dependsOn: ['component:b', 'Resource:shop/Elsewhere'] },
        dependsOn('component:default/b'),
        dependsOn('resource:shop/elsewhere'),
      ),
      served('b', {}, dependencyOf('component:default/a')),
    ];
    const spec = { owner: 'team-b', dependencyOf: ['component:b'] };
    expect(await relationChanges({ 'a.yaml': aComponent('a', spec) })).toEqual([
      '+ dependencyOf component:default/b',
      '- dependsOn component:default/b',
      '- dependsOn resource:shop/elsewhere',
      '- ownedBy group:default/team-a',
      '+ ownedBy group:default/team-b',
    ]);
  });
});
