import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { CatalogEngine } from '../../../../../../src/features/catalog/core';
import { OverlayFileSystem } from '../../../../../../src/platform/core/files';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { marked } from '../../../../../support/markedText';
import { at, root } from '../../../../../support/testCatalog';
import { TestClock } from '../../../../../support/testClock';

const FILES = {
  '/work/sub/x.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Group\n',
  '/work/apis/whole.yaml': 'openapi: 3.0.0\npaths: { $ref: ./nowhere.yaml }\n',
  '/work/apis/broken.json': '{',
};

const head = (kind: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: x }\nspec:\n`;

const aUser = `${head('User')}  memberOf: []\n`;

function aLocation(spec: string): string {
  return head('Location') + spec;
}

function anApi(definition: string): string {
  return `${head('API')}  type: openapi\n  lifecycle: production\n  owner: user:x\n  definition:\n    ${definition}\n---\n${aUser}`;
}

function annotated(annotation: string): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata:\n  name: x\n  annotations:\n    ${annotation}\nspec: { owner: user:x }\n---\n${aUser}`;
}

/** A group, domain or component, with the field for its parent. */
function partOf(kind: 'Group' | 'Domain' | 'Component', name: string, field: string): string {
  const spec = {
    Group: '  type: team\n  children: []\n',
    Domain: '  owner: user:x\n',
    Component: '  type: service\n  lifecycle: production\n  owner: user:x\n',
  };
  return `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n${spec[kind]}${field}\n`;
}

/** A code, and a text with all its expected problems marked. */
type Case = readonly [what: string, code: string, text: string];

const cases: readonly Case[] = [
  ['a target', 'location-target-missing', aLocation('  target: <|./no.yaml|>\n')],
  [
    'one of several targets',
    'location-target-missing',
    aLocation('  targets:\n    - ./sub/x.yaml\n    - <|./no.yaml|>\n    - <|"./neither.yaml"|>\n'),
  ],
  [
    'targets in brackets',
    'location-target-missing',
    aLocation('  targets: [./sub/x.yaml, <|no.yaml|>, <|./no/*.yaml|>]\n'),
  ],
  [
    'a target with wildcards',
    'location-target-missing',
    aLocation("  target: <|'./sub/**/*.yml'|>\n"),
  ],
  [
    'a target with alternatives',
    'location-target-missing',
    aLocation('  targets:\n  - <|./{a,b}/catalog-info.yaml|> # none\n'),
  ],
  [
    'a target of type url',
    'location-target-missing',
    aLocation('  type: url\n  target: <|./no.yaml|>\n'),
  ],
  [
    'a block text as target',
    'location-target-missing',
    aLocation('  target: <|>-\n    ./no.yaml\n|>'),
  ],
  ['a folder', 'location-target-invalid', aLocation('  targets: [<|./sub|>, <|./sub/|>]\n')],
  ['another host', 'location-not-read', aLocation('  targets: [<|https://example.com/x.yaml|>]\n')],
  ...['$text', '$json', '$yaml', '$openapi', '$asyncapi'].flatMap((key): Case[] => [
    [`${key} of nothing`, 'placeholder-missing', anApi(`${key}: <|./no.yaml|>`)],
    [`${key} in braces`, 'placeholder-missing', anApi(`{ ${key}: <|"no.yaml"|> }`)],
    [
      `${key} of another machine`,
      'placeholder-not-read',
      anApi(`${key}: <|https://example.com/x|>`),
    ],
    [`${key} that leads out`, 'placeholder-invalid', anApi(`${key}: <|../../x|>`)],
  ]),
  ['a $ref of an $openapi file', 'placeholder-missing', anApi('$openapi: <|./apis/whole.yaml|>')],
  ['a $ref of an $asyncapi file', 'placeholder-missing', anApi('$asyncapi: <|./apis/whole.yaml|>')],
  ['$json of invalid JSON', 'placeholder-invalid', anApi('$json: <|./apis/broken.json|>')],
  [
    '$text in a list',
    'placeholder-missing',
    aLocation('  targets:\n    - ./sub/x.yaml\n    - $text: <|./no.txt|>\n'),
  ],
  [
    'a cycle of groups',
    'relation-cycle',
    [
      partOf('Group', 'a', '  parent: <|b|>'),
      partOf('Group', 'b', '  parent: <|group:default/a|>'),
    ].join('---\n'),
  ],
  ['a group in itself', 'relation-cycle', partOf('Group', 'a', '  parent: <|"a"|>')],
  [
    'a circle of children',
    'relation-cycle',
    [
      partOf('Group', 'a', '').replace('[]', '[c, <|b|>]'),
      partOf('Group', 'b', '').replace('[]', '\n    - <|a|>'),
      partOf('Group', 'c', ''),
    ].join('---\n'),
  ],
  [
    'a circle of domains',
    'relation-cycle',
    [
      partOf('Domain', 'a', '  subdomainOf: <|b|>'),
      partOf('Domain', 'b', '  subdomainOf: <|c|>'),
      partOf('Domain', 'c', '  subdomainOf: <|domain:a|>'),
      aUser,
    ].join('---\n'),
  ],
  [
    'a circle of components',
    'relation-cycle',
    [
      partOf('Component', 'a', '  subcomponentOf: <|b|>'),
      partOf('Component', 'b', '  subcomponentOf: <|component:default/A|>'),
      aUser,
    ].join('---\n'),
  ],
  [
    'a label selector',
    'invalid-annotation',
    annotated("backstage.io/kubernetes-label-selector: <|'app in shop'|>"),
  ],
  [
    'a project slug of GitHub',
    'invalid-annotation',
    annotated('github.com/project-slug: <|https://github.com/acme/shop|>'),
  ],
  [
    'a project slug of GitLab',
    'invalid-annotation',
    annotated('gitlab.com/project-slug: <|shop|>'),
  ],
  [
    'a source location',
    'invalid-annotation',
    annotated('backstage.io/source-location: <|https://github.com/acme/shop/|>'),
  ],
  [
    'a source location of no type',
    'invalid-annotation',
    annotated('backstage.io/source-location: <|shop|>'),
  ],
  ['a techdocs ref', 'invalid-annotation', annotated('backstage.io/techdocs-ref: <|./docs|>')],
  [
    'a relative techdocs ref by URL',
    'invalid-annotation',
    annotated('backstage.io/techdocs-ref: <|url:./docs|>'),
  ],
];

/** A catalog with one file, on disk or with the text only in an editor. */
async function problemsOf(text: string, isSaved: boolean): Promise<CatalogEngine> {
  const disk = new InMemoryFileSystem({ ...FILES, '/work/x.yaml': isSaved ? text : '' });
  const texts = new Map<string, string>();
  const engine = new CatalogEngine({
    fileSystem: new OverlayFileSystem(disk, { getText: uri => texts.get(uri) }),
    clock: new TestClock(),
    logger: silentLogger,
  });
  engine.setRoots([root('work')]);
  await engine.refresh();
  if (!isSaved) {
    texts.set(at('x.yaml'), text);
    await engine.applyChanges([{ type: 'changed', uri: at('x.yaml') }]);
  }
  return engine;
}

describe.each([
  ['in a saved file', true],
  ['in unsaved text', false],
])('Positions of problems %s', (_, isSaved) => {
  it.each(cases)('are exact for %s', async (_what, code, source) => {
    const { text, ranges } = marked(source);
    const engine = await problemsOf(text, isSaved);
    const found = engine.getProblems({ file: at('x.yaml') });
    expect(found.map(problem => [problem.code, problem.range])).toEqual(
      ranges.map(range => [code, range]),
    );
  });
});
