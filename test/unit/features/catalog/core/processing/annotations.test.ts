import { describe, expect, it } from 'vitest';
import { annotationIssues } from '../../../../../../src/features/catalog/core/processing/annotations';
import { marked } from '../../../../../support/markedText';
import { openCatalog } from '../../../../../support/testCatalog';

const issuesOf = (annotations: Readonly<Record<string, string>>): readonly unknown[] =>
  annotationIssues(new Map(Object.entries(annotations))).map(({ code, message, suggestions }) => [
    code,
    message,
    ...suggestions,
  ]);

describe('annotationIssues', () => {
  it.each([
    [
      'github.com/project-slugs',
      'Annotation github.com/project-slugs is not known. Did you mean "github.com/project-slug"?',
      ['github.com/project-slug'],
    ],
    [
      'GitHub.com/Project-Slug',
      'Annotation GitHub.com/Project-Slug is not known. Did you mean "github.com/project-slug"?',
      ['github.com/project-slug'],
    ],
    [
      'backstage.io/techdoc-ref',
      'Annotation backstage.io/techdoc-ref is not one of Backstage\'s, whose keys start with backstage.io/. Did you mean "backstage.io/techdocs-ref"?',
      ['backstage.io/techdocs-ref'],
    ],
    [
      'backstage.io/integration-key',
      'Annotation backstage.io/integration-key is not one of Backstage\'s, whose keys start with backstage.io/. Did you mean "pagerduty.com/integration-key" or "ilert.com/integration-key"?',
      ['pagerduty.com/integration-key', 'ilert.com/integration-key'],
    ],
    [
      'backstage.io/color-of-the-team',
      "Annotation backstage.io/color-of-the-team is not one of Backstage's, whose keys start with backstage.io/",
      [],
    ],
  ])('reports %s as unknown', (key, message, suggestions) => {
    expect(issuesOf({ [key]: 'x' })).toEqual([['unknown-annotation', message, ...suggestions]]);
  });

  it.each(['example.com/tier', 'gitea.com/project-slug', 'tier', '__proto__', 'constructor', 'x/'])(
    'accepts %s',
    key => {
      expect(annotationIssues(new Map([[key, 'x']]))).toEqual([]);
    },
  );

  it('suggests the replacement of a deprecated annotation', () => {
    expect(issuesOf({ 'backstage.io/github-actions-id': 'a/b' })).toEqual([
      [
        'deprecated-annotation',
        'Annotation backstage.io/github-actions-id is deprecated: use github.com/project-slug, with the same value',
        'github.com/project-slug',
      ],
    ]);
    expect(issuesOf({ 'backstage.io/definition-at-location': 'url:https://x' })).toEqual([
      [
        'deprecated-annotation',
        'Annotation backstage.io/definition-at-location is deprecated: let spec.definition be a $text, $json or $yaml placeholder',
      ],
    ]);
  });

  it('requires a slash after a folder with relative paths', () => {
    const source = 'url:https://github.com/a/b/tree/main';
    const issue = [
      'invalid-annotation',
      'Annotation backstage.io/source-location leads to a folder and has to end with "/", or backstage.io/techdocs-ref is resolved beside it',
      `${source}/`,
    ];
    const key = 'backstage.io/source-location';
    expect(issuesOf({ [key]: source, 'backstage.io/techdocs-ref': 'dir:.' })).toEqual([issue]);
    expect(issuesOf({ [key]: `${source}/`, 'backstage.io/techdocs-ref': 'dir:.' })).toEqual([]);
    expect(issuesOf({ [key]: source })).toEqual([]);
  });
});

describe('in a descriptor', () => {
  it('reports at the key or value without rejecting the entity', async () => {
    const { text, ranges } = marked(`apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: a
  <|uid|>: e01199ab
  <|etag|>: xyz
  annotations:
    <|github.com/team-slugs|>: acme/a
    github.com/team-slug: <|https://github.com/orgs/acme/teams/a|>
    <|jenkins.io/github-folder|>: folder
    grafana/overview-dashboard: \${{ values.dashboard }}
    backstage.io/view-url: '{{ url }}'
spec:
  type: team
  children: []
`);
    const catalog = await openCatalog({ 'x.yaml': text });
    expect(catalog.refs()).toEqual(['group:default/a']);
    expect(catalog.problems().map(({ code, range }) => [code, range])).toEqual([
      ['read-only-field', ranges[0]],
      ['read-only-field', ranges[1]],
      ['unknown-annotation', ranges[2]],
      ['invalid-annotation', ranges[3]],
      ['deprecated-annotation', ranges[4]],
    ]);
  });

  it('ignores templated descriptors', async () => {
    const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name }}
  uid: x
  annotations:
    backstage.io/nothing: x
    backstage.io/techdocs-ref: dir:nowhere
spec:
  type: service
  lifecycle: production
  owner: component:x
  subcomponentOf: \${{ values.name }}
`;
    const catalog = await openCatalog({ 'x.yaml': text });
    expect(catalog.problems()).toEqual([]);
  });

  it('ignores skeletons of a Template', async () => {
    const catalog = await openCatalog({
      'template.yaml': `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: a
spec:
  type: service
  steps:
    - id: fetch
      action: fetch:template
      input:
        url: ./skeleton
`,
      'skeleton/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: a
  annotations:
    backstage.io/nothing: x
    backstage.io/techdocs-ref: dir:nowhere
spec:
  type: service
  lifecycle: production
  owner: component:x
  subcomponentOf: a
`,
    });
    expect(catalog.problems()).toEqual([]);
  });
});
