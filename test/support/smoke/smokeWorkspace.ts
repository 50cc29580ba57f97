import { cpSync } from 'node:fs';
import { diagramData } from '@mermaid-js/examples';
import { inProject } from '../../../scripts/lib/project.mjs';
import { writeFiles } from '../folders';

/** Mermaid's example of each type of diagram, and types and layouts without an example. */
export const diagrams: readonly { readonly name: string; readonly code: string }[] = [
  ...diagramData.flatMap(({ id, examples }) =>
    examples.slice(0, 1).map(({ code }) => ({ name: id, code })),
  ),
  { name: 'info', code: 'info' },
  { name: 'flowchart-elk', code: '---\nconfig:\n  layout: elk\n---\nflowchart LR\n  a --> b' },
  {
    name: 'mindmap-cose',
    code: '---\nconfig:\n  layout: cose-bilkent\n---\nmindmap\n  root\n    one\n    two',
  },
  { name: 'math', code: 'flowchart LR\n  a["$$x^2$$"] --> b' },
];

/** Languages with highlighting in docs, with a line to highlight in each. */
export const languages: readonly { readonly name: string; readonly code: string }[] =
  Object.entries({
    bash: 'if true; then echo "a"; fi',
    c: 'int main(void) { return 0; }',
    cpp: 'class A { public: int a = 1; };',
    csharp: 'class A { string b = "c"; }',
    css: 'a { color: red; }',
    diff: '+ added\n- removed',
    dockerfile: 'FROM debian\nRUN true',
    go: 'func main() { return "a" }',
    graphql: 'type Query { a: String }',
    groovy: 'def a = "b"',
    http: 'GET /a HTTP/1.1\nHost: b',
    ini: '[a]\nb = "c"',
    java: 'class A { int b = 1; }',
    javascript: 'const a = "b";',
    json: '{ "a": true }',
    kotlin: 'fun a(): Int = 1',
    lua: 'local a = "b"',
    makefile: 'all:\n\t$(CC) a.c',
    markdown: '# Title\n\n**bold**',
    nginx: 'server { listen 80; }',
    perl: 'my $a = "b";',
    php: '<?php echo "a";',
    powershell: 'Get-Item "a"',
    protobuf: 'message A { string b = 1; }',
    python: 'def a(): return "b"',
    ruby: 'def a; "b"; end',
    rust: 'fn main() { let a = 1; }',
    scala: 'val a = "b"',
    shell: '$ echo "a"',
    sql: "SELECT a FROM b WHERE c = 'd'",
    swift: 'let a = "b"',
    typescript: 'const a: string = "b";',
    xml: '<a b="c"/>',
    yaml: 'a: true',
  }).map(([name, code]) => ({ name, code }));

/** The demo, with docs of all languages and diagrams, and an API of each format. */
export function writeSmokeWorkspace(folder: string): void {
  cpSync(inProject('demo'), folder, { recursive: true });
  writeFiles(folder, {
    // A unique name, so that Go to File lists one file.
    'smoke/smoke-entities.yaml': [
      component,
      ...Object.entries(definitions).map(([type, definition]) => api(type, definition)),
    ].join('---\n'),
    // For the commands that show the catalog as Backstage.
    'app-config.yaml':
      'catalog:\n  locations:\n    - type: file\n      target: ./catalog-info.yaml\n',
    'smoke/smoke-template.yaml': templates,
    'smoke/mkdocs.yml':
      'site_name: Smoke\nnav:\n  - Languages: index.md\n  - Diagrams: diagrams.md\nplugins:\n  - techdocs-core\n',
    'smoke/docs/index.md': page('Languages', languages),
    'smoke/docs/diagrams.md': page(
      'Diagrams',
      diagrams.map(({ code }) => ({ name: 'mermaid', code })),
    ),
  });
}

const component = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: smoke
  annotations:
    backstage.io/techdocs-ref: dir:.
spec:
  type: website
  lifecycle: experimental
  owner: group:default/team-booking
`;

/** A template with a form in quick picks, and one with a form on a page. */
const templates = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: smoke-template
  title: Smoke template
spec:
  owner: group:default/team-booking
  type: service
  parameters:
    - title: Name
      properties:
        name: { title: Name, type: string, default: smoke }
  steps:
    - { id: log, name: Log, action: debug:log, input: { message: 'Hello \${{ parameters.name }}' } }
---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: smoke-form
  title: Smoke form
spec:
  owner: group:default/team-booking
  type: service
  parameters:
    - title: Name
      properties:
        name: { title: Name, type: string, description: Some **Markdown**. }
    - title: Places
      properties:
        places: { title: Places, type: array, items: { type: object, properties: { a: { type: string } } } }
  steps:
    - { id: log, name: Log, action: debug:log, input: { message: Hello } }
`;

/** A definition for each API format with its own view, and one without. */
const definitions = {
  openapi:
    'openapi: 3.1.0\ninfo: { title: A, version: "1" }\npaths:\n  /a:\n    get: { summary: Get a, responses: { "200": { description: Fine } } }',
  asyncapi:
    'asyncapi: 2.6.0\ninfo: { title: A, version: "1" }\nchannels:\n  a:\n    publish: { message: { payload: { type: string } } }',
  graphql: 'type Query { a: String }',
  grpc: 'syntax = "proto3";\nservice A { rpc B (C) returns (C); }\nmessage C { string d = 1; }',
  trpc: 'export const router = { a: query() };',
  wsdl: '<definitions/>',
};

const api = (type: string, definition: string): string => `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: smoke-${type}
spec:
  type: ${type}
  lifecycle: experimental
  owner: group:default/team-booking
  definition: |
${definition.replace(/^/gm, '    ')}
`;

const page = (
  title: string,
  blocks: readonly { readonly name: string; readonly code: string }[],
): string =>
  [`# ${title}`, ...blocks.map(({ name, code }) => `\`\`\`${name}\n${code.trim()}\n\`\`\``)].join(
    '\n\n',
  );
