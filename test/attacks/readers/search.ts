import { english } from '../../../src/base';
import { EntityGraphs, graphAsMermaid } from '../../../src/features/catalog/core/pages';
import { graphQuery } from '../../../src/features/portal/protocol/validation';
import { hasFilter, parseQuery, withFilter } from '../../../src/features/search/core';
import { EntitySearch } from '../../../src/features/search/core/entities';
import { completeQuery } from '../../../src/features/search/core/query/withFilter';
import { RelationPairs } from '../../../src/model';
import { aComponent, aDescriptor, documents } from '../../support/descriptors';
import { anEntity, InMemoryCatalog } from '../../support/inMemoryCatalog';
import { anIndexOf, ask } from '../../support/searchIndex';
import { openCatalog } from '../../support/testCatalog';
import type { Reader } from '../attack';
import { never } from './places';

const index = anIndexOf([
  { id: 'catalog/a', title: 'a', text: 'a '.repeat(500) },
  { id: 'docs/b', title: 'kind:a "b" -c', text: '((((' },
]);

const catalog = new InMemoryCatalog({
  entities: [anEntity('component:default/aaaa'), anEntity('api:default/a-a-a')],
});

const shop = documents(
  aDescriptor('system:s', { owner: 'team' }),
  aComponent('a', { owner: 'team', system: 's', dependsOn: ['component:b'] }),
  aComponent('b', { owner: 'team', system: 's', dependsOn: ['component:a'] }),
);

export const searchReaders: readonly Reader[] = [
  {
    name: 'queries of the search',
    format: 'text',
    sources: ['src/features/search/core/query/'],
    frames: ['<|>', 'kind:<|>', '-owner:"<|>" a', 'in:<|>'],
    // Longer queries are refused by pages and by tools for agents.
    scale: 0.2,
    read: async text => [
      parseQuery(text),
      hasFilter(parseQuery(text), 'kind', 'a'),
      withFilter(text, 'tag', text.slice(0, 100), true),
      await completeQuery(text, text.length, { values: async () => [], collators: [] }, never),
      ask(index, text),
    ],
  },
  {
    name: 'documents of the search',
    format: 'text',
    sources: ['src/features/search/core/index/'],
    read: text => {
      const attacked = anIndexOf([
        { id: 'catalog/a', title: text.slice(0, 5_000), text },
        { id: 'catalog/b', title: 'b', text: 'b' },
      ]);
      return [ask(attacked, 'a'), ask(attacked, text.slice(0, 100))];
    },
  },
  {
    name: 'words of Go to Entity…',
    format: 'text',
    sources: ['src/features/search/core/entities/'],
    read: query => [...new EntitySearch(catalog).search({ query, limit: 10 })],
  },
  {
    name: 'queries of graphs',
    format: 'value',
    sources: ['src/features/catalog/core/pages/graph/', 'src/features/catalog/core/pages/table/'],
    frames: [
      '<|>',
      '{"rootRefs":["component:default/a"],"kinds":<|>}',
      '{"rootRefs":<|>,"depth":3}',
      '{"owners":["a"],"relations":["constructor"],"rollUp":"system","expanded":<|>}',
    ],
    read: async text => {
      const query = graphQuery.safeParse(JSON.parse(text));
      if (!query.success) return query.error.issues.length;
      const { engine } = await openCatalog({ 'all.yaml': shop });
      const relationPairs = (): RelationPairs => new RelationPairs();
      const graphs = new EntityGraphs({ catalog: engine, relationPairs, translate: english });
      const view = await graphs.getGraph(query.data, never);
      return [view, graphAsMermaid(view, engine)];
    },
  },
];
