import { describe, expect, it } from 'vitest';
import {
  graphDot,
  graphMermaid,
  type Neighbourhood,
  neighbourhood,
  type NeighbourhoodOptions,
} from '../../../../../../src/features/catalog/core/graphExport';
import { RelationPairs } from '../../../../../../src/model';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { openCatalog } from '../../../../../support/testCatalog';

const chain = documents(
  aComponent('a', { dependsOn: ['component:b'] }),
  aComponent('b', { dependsOn: ['component:c'] }),
  // Back to the start, to form a cycle.
  aComponent('c', { dependsOn: ['component:a', 'component:gone'] }),
  aDescriptor('group:team'),
);

async function around(
  center: string,
  { depth = 1, direction = 'both', types }: Partial<NeighbourhoodOptions> = {},
  text = chain,
): Promise<Neighbourhood> {
  const { engine } = await openCatalog({ 'all.yaml': text });
  return neighbourhood(engine, center, { pairs: new RelationPairs(), depth, direction, types });
}

function nodes(graph: Neighbourhood): readonly string[] {
  return graph.nodes.map(
    ({ ref, entity, distance }) =>
      `${distance} ${ref.replace('default/', '')}${entity ? '' : ' (missing)'}`,
  );
}

function edges(graph: Neighbourhood): readonly string[] {
  return graph.edges.map(({ source, type, target }) =>
    `${source} ${type} ${target}`.replaceAll('default/', ''),
  );
}

const dependsOn = ['dependsOn'];

describe('neighbourhood', () => {
  it('contains only the entity at depth 0', async () => {
    const graph = await around('component:default/a', { depth: 0 });
    expect(nodes(graph)).toEqual(['0 component:a']);
    expect(graph.edges).toEqual([]);
  });

  it('lists each pair of relations once, and all between its nodes', async () => {
    const graph = await around('component:default/a');
    expect(nodes(graph)).toEqual([
      '0 component:a',
      '1 component:b',
      '1 component:c',
      '1 group:team',
    ]);
    expect(edges(graph)).toEqual([
      'component:a dependsOn component:b',
      'component:a ownedBy group:team',
      'component:b dependsOn component:c',
      'component:b ownedBy group:team',
      'component:c dependsOn component:a',
      'component:c ownedBy group:team',
    ]);
  });

  it.each([
    ['out', ['0 component:a', '1 component:b']],
    ['in', ['0 component:a', '1 component:c']],
    ['both', ['0 component:a', '1 component:b', '1 component:c']],
  ] as const)('follows relations in direction %s', async (direction, found) => {
    expect(nodes(await around('component:default/a', { direction, types: dependsOn }))).toEqual(
      found,
    );
  });

  it('stops at its depth and on cycles', async () => {
    const at = async (depth: number): Promise<readonly string[]> =>
      nodes(await around('component:default/a', { depth, direction: 'out', types: dependsOn }));
    expect(await at(2)).toEqual(['0 component:a', '1 component:b', '2 component:c']);
    expect(await at(99)).toEqual([
      '0 component:a',
      '1 component:b',
      '2 component:c',
      '3 component:gone (missing)',
    ]);
  });

  it('accepts either name of a relation pair', async () => {
    expect(edges(await around('group:default/team', { types: ['ownerOf'] }))).toEqual([
      'component:a ownedBy group:team',
      'component:b ownedBy group:team',
      'component:c ownedBy group:team',
    ]);
  });

  it('accepts a missing entity as its center', async () => {
    expect(nodes(await around('component:default/gone'))).toEqual([
      '1 component:c',
      '0 component:gone (missing)',
    ]);
  });
});

describe('graph drawings', () => {
  const options = { direction: 'out', types: dependsOn } as const;

  it('for Mermaid', async () => {
    expect(graphMermaid(await around('component:default/c', options))).toBe(`flowchart LR
  n0["component:a"]
  n1["component:c"]
  n2["component:gone"]
  n1 -->|"dependsOn"| n0
  n1 -->|"dependsOn"| n2
  classDef center stroke-width:3px
  classDef missing stroke-dasharray:5 5,color:#b00020,stroke:#b00020
  class n1 center
  class n2 missing
`);
  });

  it('for Graphviz', async () => {
    expect(graphDot(await around('component:default/c', options))).toBe(`digraph catalog {
  rankdir=LR
  node [shape=box, style=rounded]
  n0 [label="component:a"]
  n1 [label="component:c", penwidth=3]
  n2 [label="component:gone", style="rounded,dashed", color="#b00020", fontcolor="#b00020"]
  n1 -> n0 [label="dependsOn"]
  n1 -> n2 [label="dependsOn"]
}
`);
  });

  it('escape the syntax of their language in names', async () => {
    const evil =
      'x"]; %%{init: {"a": 1}}%% `<img src=x onerror=alert(1)>` \\ \u202e\n #quot; | end';
    const text = documents(
      aComponent('a', { owner: undefined, dependsOn: [`component:${evil}`] }).replace(
        'lifecycle',
        'owner: group:team\n  lifecycle',
      ),
    );
    const graph = await around('component:default/a', options, text);
    expect(nodes(graph)).toHaveLength(2);
    const safe = /^ {2}n\d+\["(?:[\p{L}\p{N} :/._-]|#\d+;)*"\]$/gmu;
    expect(graphMermaid(graph).match(safe)).toHaveLength(2);
    const dot = graphDot(graph);
    expect(dot.match(/^ {2}n\d+ \[label="(?:[^"\\\n]|\\["\\])*"(?:, .*)?\]$/gm)).toHaveLength(2);
  });
});
