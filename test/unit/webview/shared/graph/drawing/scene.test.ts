import { describe, expect, it } from 'vitest';
import type { GraphNodeView } from '../../../../../../src/features/portal/protocol';
import type { Palette } from '../../../../../../webview/shared/graph/drawing/palette';
import {
  boundsOf,
  type Direction,
  makeScene,
  nodeAt,
  nodeTowards,
  type Scene,
  type SceneNode,
} from '../../../../../../webview/shared/graph/drawing/scene';
import { sceneSvg } from '../../../../../../webview/shared/graph/drawing/sceneSvg';

function node(name: string, x: number, y: number, label = name): SceneNode {
  const ref = `component:default/${name}`;
  const view: GraphNodeView = {
    ref,
    kind: 'Component',
    namespace: 'default',
    name,
    title: label,
    icon: 'chip',
    exists: true,
    owners: [],
    isRoot: false,
    hidden: 0,
    expandable: 0,
  };
  return { view, x, y, width: 80, height: 20, label, caption: 'Component' };
}

function sceneOf(
  nodes: readonly SceneNode[],
  edges: readonly (readonly [string, string])[],
): Scene {
  const views = edges.map(([source, target]) => ({
    source: `component:default/${source}`,
    target: `component:default/${target}`,
    types: ['dependsOn'],
    count: 1,
    isImplied: false,
    via: [],
  }));
  return makeScene(nodes, views, { flow: 'right', labelOf: () => 'depends on' });
}

describe('arrow keys', () => {
  const middle = node('middle', 0, 0);
  const scene = sceneOf(
    [
      middle,
      node('near', 100, 0),
      node('far', 300, 10),
      node('above', 0, -50),
      node('left', -90, 200),
    ],
    [
      ['middle', 'far'],
      ['left', 'middle'],
    ],
  );

  it.each<[Direction, string | undefined]>([
    // Related nodes come before nearer ones.
    ['right', 'far'],
    ['left', 'left'],
    ['up', 'above'],
    ['down', 'left'],
  ])('move %s to %s', (direction, expected) => {
    expect(nodeTowards(scene, middle, direction)?.view.name).toBe(expected);
  });

  it('do nothing without a node in their direction', () => {
    const alone = sceneOf([middle], [['middle', 'middle']]);
    expect(nodeTowards(alone, middle, 'right')).toBeUndefined();
  });
});

describe('scene', () => {
  it('finds the topmost node under the pointer', () => {
    const scene = sceneOf([node('below', 0, 0), node('above', 10, 5)], []);
    expect(nodeAt(scene, 5, 5)?.view.name).toBe('above');
    expect(nodeAt(scene, -38, 0)?.view.name).toBe('below');
    expect(nodeAt(scene, 200, 0)).toBeUndefined();
  });

  it('computes the bounds of its nodes', () => {
    const scene = sceneOf([node('a', 0, 0), node('b', 100, 50)], []);
    expect(boundsOf(scene.nodes)).toEqual({ left: -40, top: -10, right: 140, bottom: 60 });
  });

  it('omits edges to missing nodes', () => {
    expect(sceneOf([node('a', 0, 0)], [['a', 'gone']]).edges).toEqual([]);
  });
});

it('escapes names in SVG', () => {
  const palette: Palette = {
    background: '#000',
    surface: '#111',
    text: '#fff',
    muted: '#999',
    line: '#333',
    edge: '#888',
    focus: '#00f',
    warning: '#ff0',
    bad: '#f00',
    good: '#0f0',
    selection: '#224',
    selectionText: '#fff',
    font: '"A" & b',
    isHighContrast: false,
    kinds: new Map(),
  };
  const nodes = [node('a', 0, 0, '<script>&\u0000"'), node('b', 200, 0)];
  const svg = sceneSvg(sceneOf(nodes, [['a', 'b']]), palette);
  expect(svg).toContain('&lt;script&gt;&amp;\ufffd"</text>');
  expect(svg).toContain('font-family="&quot;A&quot; &amp; b"');
  expect(svg).not.toContain('<script');
});
