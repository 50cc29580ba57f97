import type { JsonObject } from '../../../../src/model';

const metadata: JsonObject = {
  name: 'a-name',
  namespace: 'a-namespace',
  title: 'A title',
  description: 'A description.',
  labels: { 'example.com/tier': 'gold', empty: '' },
  annotations: { 'backstage.io/techdocs-ref': 'dir:.', plain: 'value' },
  tags: ['java', 'c++', 'a:b-c#d'],
  links: [{ url: 'https://example.com', title: 'Home', icon: 'dashboard', type: 'page' }],
};

const ownable: JsonObject = { type: 'a-type', lifecycle: 'production', owner: 'team-a' };

function entity(kind: string, spec: JsonObject, apiVersion = 'backstage.io/v1alpha1'): JsonObject {
  return { apiVersion, kind, metadata: structuredClone(metadata), spec: structuredClone(spec) };
}

/** One valid entity per schema, with every field that the schema knows. */
export const validEntities: Readonly<Record<string, JsonObject>> = {
  Component: entity('Component', {
    ...ownable,
    system: 'a-system',
    subcomponentOf: 'a-component',
    providesApis: ['api-a'],
    consumesApis: ['api-b', 'other/api-c'],
    dependsOn: ['resource:a-resource'],
    dependencyOf: ['component:another'],
  }),
  API: entity('API', { ...ownable, system: 'a-system', definition: 'openapi: 3.0.0' }),
  'API of type mcp-server': entity('API', {
    ...ownable,
    type: 'mcp-server',
    system: 'a-system',
    remotes: [{ type: 'streamable-http', url: 'https://example.com/mcp' }],
  }),
  Resource: entity('Resource', { ...ownable, system: 'a-system', dependsOn: ['resource:b'] }),
  System: entity('System', { owner: 'team-a', domain: 'a-domain', type: 'product' }),
  Domain: entity('Domain', { owner: 'team-a', subdomainOf: 'another', type: 'area' }),
  Group: entity('Group', {
    type: 'team',
    profile: { displayName: 'A', email: 'a@example.com', picture: 'https://example.com/a.png' },
    parent: 'parent',
    children: ['child'],
    members: ['user-a'],
  }),
  User: entity('User', {
    profile: { displayName: 'A', email: 'a@example.com', picture: 'https://example.com/a.png' },
    memberOf: ['team-a'],
  }),
  Location: entity('Location', {
    type: 'url',
    target: './a.yaml',
    targets: ['./b.yaml', './c/*.yaml'],
    presence: 'optional',
  }),
  Template: entity(
    'Template',
    {
      type: 'service',
      owner: 'team-a',
      lifecycle: 'production',
      parameters: [{ title: 'One', when: 'true', 'backstage:permissions': { tags: ['a'] } }],
      secrets: { schema: {} },
      presentation: { buttonLabels: { backButtonText: 'Back' } },
      EXPERIMENTAL_recovery: { EXPERIMENTAL_strategy: 'none' },
      EXPERIMENTAL_formDecorators: [{ id: 'a', input: {} }],
      steps: [{ id: 'a', name: 'A', action: 'debug:log', input: {}, if: true }],
      output: {
        links: [{ url: 'https://example.com', entityRef: 'a:b/c', title: 'A', icon: 'i', if: 'x' }],
        text: [{ title: 'A', content: 'B', if: false }],
      },
    },
    'scaffolder.backstage.io/v1beta3',
  ),
  'Template with one page': entity(
    'Template',
    { type: 'service', parameters: { title: 'One' }, steps: [] },
    'scaffolder.backstage.io/v1beta3',
  ),
  AiResource: entity('AiResource', { ...ownable, system: 'a-system' }),
  'AiResource of type skill': entity('AiResource', {
    ...ownable,
    type: 'skill',
    disciplines: ['web'],
    categories: ['framework'],
    agents: ['any'],
    dependsOn: ['other-skill'],
    allowedTools: 'Read Edit',
    license: 'MIT',
    compatibility: 'é'.repeat(500),
  }),
  'AiResource of type rule': entity('AiResource', {
    ...ownable,
    type: 'rule',
    disciplines: ['web'],
    category: 'style',
    rationale: 'Because.',
  }),
  'AiResource of type plugin': entity('AiResource', {
    ...ownable,
    type: 'plugin',
    skills: ['a-skill'],
    version: '1.0.0',
  }),
  'AiResource of type marketplace': entity('AiResource', {
    ...ownable,
    type: 'marketplace',
    plugins: ['a-plugin'],
    version: '1.0.0',
  }),
};

export type Path = readonly (string | number)[];

/** Every place in the value, containers included, the root excluded. */
export function placesIn(value: unknown, base: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const path = [...base, Array.isArray(value) ? Number(key) : key];
    return [path, ...placesIn(child, path)];
  });
}

/** A copy with one place changed, or, without a change, left out. */
export function changed(value: JsonObject, path: Path, change?: { to: unknown }): unknown {
  const copy = structuredClone(value);
  let container: unknown = copy;
  for (const step of path.slice(0, -1)) container = childOf(container, step);
  const last = path.at(-1);
  if (last === undefined || typeof container !== 'object' || container === null) return copy;
  if (change) Reflect.set(container, last, structuredClone(change.to));
  else if (Array.isArray(container)) container.splice(Number(last), 1);
  else Reflect.deleteProperty(container, last);
  return copy;
}

function childOf(container: unknown, step: string | number): unknown {
  return typeof container === 'object' && container !== null
    ? Reflect.get(container, step)
    : undefined;
}
