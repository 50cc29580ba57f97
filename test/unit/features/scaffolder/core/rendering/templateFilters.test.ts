import { createTemplateRenderer } from 'nunjitsu';
import { describe, expect, it } from 'vitest';
import { templateFilters } from '../../../../../../src/features/scaffolder/core/rendering/templateFilters';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';

const renderer = createTemplateRenderer({ filters: templateFilters(defaultRepoHosts) });
const evaluate = (expression: string, context = {}): unknown =>
  renderer.renderValue(`\${{ ${expression} }}`, context);

describe('parseRepoUrl and projectSlug', () => {
  it.each([
    ['github.com?owner=acme&repo=shop', { host: 'github.com', owner: 'acme', repo: 'shop' }],
    [
      'gitlab.com?owner=group/sub&repo=/shop/',
      { host: 'gitlab.com', owner: 'group/sub', repo: 'shop' },
    ],
    ['gitlab.com?project=5', { host: 'gitlab.com', project: '5' }],
    [
      'bitbucket.org?workspace=w&project=p&repo=r',
      { host: 'bitbucket.org', workspace: 'w', project: 'p', repo: 'r' },
    ],
    [
      'dev.azure.com?organization=o&project=p&repo=r',
      { host: 'dev.azure.com', organization: 'o', project: 'p', repo: 'r' },
    ],
  ])('parse %s', (url, parts) => {
    expect(evaluate('url | parseRepoUrl', { url })).toEqual(parts);
  });

  it.each([
    ['github.com?repo=shop', 'https://github.com/?repo=shop, missing owner'],
    ['bitbucket.org?workspace=w&repo=r', 'missing project'],
    ['example.com?owner=a&repo=b', 'No matching integration configuration for host example.com'],
    ['x y', 'Invalid repo URL passed to publisher, got x y, TypeError: Invalid URL'],
  ])('reject %s', (url, message) => {
    expect(() => evaluate('url | parseRepoUrl', { url })).toThrow(message);
    expect(() => evaluate('url | projectSlug', { url })).toThrow(message);
  });

  it('convert other values to text like JavaScript', () => {
    expect(() => evaluate('nothing | parseRepoUrl')).toThrow('for host undefined,');
    expect(() => evaluate('[1, null, [2]] | parseRepoUrl')).toThrow('for host 1,,2,');
    expect(() => evaluate('{ a: 1 } | projectSlug')).toThrow(
      'Cannot convert object to primitive value',
    );
  });

  it('return a repository slug', () => {
    expect(evaluate("'github.com?owner=acme&repo=shop' | projectSlug")).toBe('acme/shop');
  });
});

describe('parseEntityRef', () => {
  it('applies defaults', () => {
    expect(evaluate("'component:shops/web' | parseEntityRef")).toEqual({
      kind: 'component',
      namespace: 'shops',
      name: 'web',
    });
    expect(
      evaluate("'web' | parseEntityRef({ defaultKind: 'API', defaultNamespace: 'x' })"),
    ).toEqual({ kind: 'API', namespace: 'x', name: 'web' });
    expect(() => evaluate("'web' | parseEntityRef")).toThrow('had missing or empty kind');
  });
});

describe('pick', () => {
  const context = {
    value: { a: { b: [{ c: 1 }], 'd.e': 2 }, 'a.b': 'own' },
    list: ['x', 'y'],
    text: 'abc',
  };

  it.each([
    ["value | pick('a.b')", 'own'],
    ["value | pick('a.b[0].c')", 1],
    ["value | pick(['a', 'd.e'])", 2],
    ['value | pick(\'a["b"].0.c\')', 1],
    ['list | pick(1)', 'y'],
    ["list | pick('length')", 2],
    ['text | pick(0)', 'a'],
    ["text | pick('length')", 3],
    ["value | pick('a.nothing.deep')", undefined],
    ["value | pick('')", undefined],
    ['value | pick', undefined],
    ["nothing | pick('a')", undefined],
    ["value | pick('constructor')", undefined],
    ["value | pick('__proto__.constructor')", undefined],
    ["list | pick('map')", undefined],
  ])('%s', (expression, expected) => {
    expect(evaluate(expression, context)).toEqual(expected);
  });
});
