import { gzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { grammars } from './grammars';
import { attempt, prototypeNames } from './inspect';
import { readers } from './readers';

vi.mock('vscode', () => ({ l10n: { t: (message: string) => message } }));

/* The attempts of the first table of `attempts.md`. */

const yaml = grammars.yaml.aliases?.(30, 10) ?? '';
const json = grammars.value.aliases?.(20, 10) ?? '';
const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: x\n';
const SPEC = 'spec: { type: a, lifecycle: b, owner: c }\n';
const answer = (status: number, header: string, body = ''): string =>
  `HTTP ${status}\n${header}\n\n${body}`;

it.each<[reader: string, input: string]>([
  ['structure of open files', `# yaml-language-server: $schema=s.json\na: ${'{a: '.repeat(800)}x`],
  ['structure of open files', `# yaml-language-server: $schema=s.json\na: ${'? '.repeat(500)}x`],
  ['open descriptors', `${HEAD}spec:\n  dependsOn: [\n${'|\n'.repeat(1000)}`],
  ['lists of GitHub and GitLab', JSON.stringify(Array(100).fill(null))],
  ['patterns of schemas, Templates and fixtures', `${'(?='.repeat(700)}a${')'.repeat(700)}`],
  ['queries of the search', `kind:${' a"'.repeat(330)}`],
  ['values of --values', '{"a\\u0000\\ud800\u202e": "a\\u0000\\ud800\u202e"}'],
  ['descriptors', `${HEAD}spec: ${yaml}`],
  ['mkdocs.yml', `site_name: a\nnav: ${yaml}`],
  ['app-config.yaml', `catalog: ${yaml}`],
  ['fixtures', `tests: [{ name: a, values: ${yaml} }]`],
  ['.callboard/template.yaml', yaml],
  ['OpenAPI in YAML', `openapi: 3.1.0\ninfo: { title: A, version: '1' }\npaths: ${yaml}`],
  ['forms of Templates', `{"definitions":${json},"$ref":"#/definitions/l19"}`],
  ['schemas that files name', `{"definitions":${json},"$ref":"#/definitions/l19"}`],
  ['pom.xml in Import…', grammars.xml.aliases?.(20, 10) ?? ''],
  ['globs of callboard.catalog.exclude', '{a,a,a}'.repeat(24)],
  ['globs of callboard.catalog.exclude', `${'*a'.repeat(40)}b`],
  ['.gitignore', `${'**/a*/'.repeat(9)}b`],
  ['pages of docs', grammars.markdown.aliases?.(20, 10) ?? ''],
  ['GraphQL', grammars.graphql.aliases?.(20, 10) ?? ''],
  ['descriptors', `${HEAD}spec: { constructor: { prototype: { polluted: yes } } }`],
  ["git's own files", '[remote "__proto__"]\n\turl = https://github.com/a/b.git\n'],
  ['app-config.yaml', 'integrations: { __proto__: [], constructor: [{ host: __proto__ }] }'],
  ['questions to a Backstage', '{"then":1,"docs":{"then":2}}'],
  ['mkdocs.yml', 'site_name: !ENV CALLBOARD_CANARY\nextra: !ENV [CALLBOARD_CANARY, x]\n'],
  [
    'docs, printed by the command line',
    'site_name: !ENV CALLBOARD_CANARY\nnav: [!ENV CALLBOARD_CANARY]\n',
  ],
  ['mkdocs.yml', 'INHERIT: /proc/self/environ\nsite_name: a\n'],
  ['mkdocs.yml', 'site_name: a\ndocs_dir: loop/loop/loop\nnav: [loop, out]\n'],
  ['mkdocs.yml', 'site_name: a\ndocs_dir: ../\nnav: [../secret, /secret, out]\n'],
  ['rendered skeletons', '{% include "/secret" %}{% import "../../secret" as a %}'],
  ['expressions', '${{ "".constructor.constructor("return process")() }}'],
  [
    'texts that Templates put out',
    '[x](command:workbench.action.quit) <img src=x onerror=alert(1)>',
  ],
  ['files of $text, $json and $yaml', '{"$ref":"out","$text":"out"}'],
  [
    'descriptors',
    `${HEAD}spec: { a: { $text: out }, b: { $text: ../secret }, c: { $text: ..%2fsecret } }\n`,
  ],
  [
    'descriptors',
    `${HEAD}${SPEC}---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: y }\nspec: { targets: [out, ./loop, ../secret.yaml, %2e%2e/secret.yaml] }\n`,
  ],
  [
    'app-config.yaml, printed by the command line',
    'catalog: { locations: [{ $file: out }, { type: file, target: { $file: out } }] }\n',
  ],
  ["git's own files", '[remote "origin"]\n\turl = ext::sh -c id\n'],
  [
    "git's own files",
    '[include]\n\tpath = /secret\n[remote "origin"]\n\turl = https://github.com/a/b\n',
  ],
  ["git's own files", 'gitdir: /secret'],
  ['archives', gzipSync(Buffer.alloc(20_000_000)).toString('latin1')],
  ['entities of a Backstage', answer(302, 'location: http://127.0.0.1/')],
  ['entities of a Backstage', answer(307, 'location: file:///etc/passwd')],
  ['entities of a Backstage', answer(301, 'location: javascript:alert(1)')],
  ['entities of a Backstage', answer(429, 'retry-after: -1')],
  ['entities of a Backstage', answer(503, `retry-after: ${'9'.repeat(30)}`)],
  ['entities of a Backstage', '{"items":[],"pageInfo":{"nextCursor":"same"},"totalItems":1}'],
  [
    'entities of a Backstage',
    '{"items":[{"apiVersion":"a","kind":"b","metadata":{"name":"c"}}],"pageInfo":{"nextCursor":"same"}}',
  ],
  ['questions to a Backstage', answer(204, 'x: y', '{"a":1}')],
  ['questions to a Backstage', answer(304, 'etag: x', '[]')],
  ['inputs of tools for agents', '{"ref":"component:__proto__/constructor","depth":-1}'],
  ['inputs of tools for agents', '{"query":["a"],"limit":1e308}'],
  ['inputs of tools for agents', '{"path":"z.yaml\\u0000"}'],
  ['inputs of tools for agents', '{"path":"out"}'],
  ['inputs of tools for agents', '{"path":"../secret"}'],
  ['forms of Templates', `{"properties":{"a":{"minimum":${'9'.repeat(9_999)}}}}`],
  ['entity refs', `${'a'.repeat(10_000)}:${'/'.repeat(10_000)}`],
])('%s %#', async (name, input) => {
  const reader = readers.find(each => each.name === name);
  if (!reader) throw new Error(`There is no reader ${name}`);
  const prototypes = prototypeNames();
  await attempt(reader, input);
  expect(prototypeNames()).toBe(prototypes);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});
