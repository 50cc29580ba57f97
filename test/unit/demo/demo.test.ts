import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  DefaultNamespaceEntityPolicy,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  parseEntityRef,
  resourceEntityV1alpha1Validator,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  type Entity,
  type KindValidator,
} from '@backstage/catalog-model';
import {
  aiResourceEntityV1alpha1Validator,
  marketplaceAiResourceEntityV1alpha1Validator,
  mcpServerApiEntityValidator,
  pluginAiResourceEntityV1alpha1Validator,
  ruleAiResourceEntityV1alpha1Validator,
  skillAiResourceEntityV1alpha1Validator,
} from '@backstage/catalog-model/alpha';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';
import picomatch from 'picomatch';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, type Document } from 'yaml';

const DEMO = fileURLToPath(new URL('../../../demo', import.meta.url));

/** One YAML document with a descriptor in it, and the file (relative to demo/, `/`) it is in. */
interface Descriptor {
  file: string;
  document: Document;
  entity: Entity;
}

const files = readdirSync(DEMO, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(DEMO, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .sort();

const isSkeleton = (file: string) => file.includes('/skeleton/');
const isPlayground = (file: string) => file.startsWith('playground/');
const yamlFiles = files.filter(file => /\.ya?ml$/.test(file) && !isSkeleton(file));

const read = (file: string) => readFileSync(join(DEMO, file), 'utf8');
const parse = (text: string) => parseAllDocuments(text, { merge: false }) as Document[];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a field; what is not text is as good as empty, and no rule here accepts that. */
const word = (value: unknown): string => (typeof value === 'string' ? value : '');

function isDescriptor(value: unknown): value is Entity {
  return (
    isRecord(value) &&
    typeof value['apiVersion'] === 'string' &&
    /(^|\.)backstage\.io\//.test(value['apiVersion']) &&
    typeof value['kind'] === 'string' &&
    isRecord(value['metadata'])
  );
}

/** Replaces `$text` and its relatives by what they point to, as Backstage does before validating. */
function resolvePlaceholders(value: unknown, file: string): unknown {
  if (Array.isArray(value)) return value.map(item => resolvePlaceholders(item, file));
  if (!isRecord(value)) return value;
  const [key, ...rest] = Object.keys(value);
  if (key === undefined || rest.length > 0 || !/^\$(text|json|yaml|openapi|asyncapi)$/.test(key)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, resolvePlaceholders(item, file)]),
    );
  }
  const text = read(posix.join(posix.dirname(file), word(value[key])));
  if (key === '$json') return JSON.parse(text);
  if (key === '$yaml') return parse(text)[0]?.toJS();
  return text;
}

const descriptors: Descriptor[] = yamlFiles.flatMap(file =>
  parse(read(file)).flatMap(document => {
    const entity: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return isDescriptor(entity) ? [{ file, document, entity }] : [];
  }),
);
const clean = descriptors.filter(({ file }) => !isPlayground(file));
const playground = descriptors.filter(({ file }) => isPlayground(file));

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const validators: Record<string, KindValidator> = {
  Component: componentEntityV1alpha1Validator,
  API: apiEntityV1alpha1Validator,
  Resource: resourceEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
  Domain: domainEntityV1alpha1Validator,
  Group: groupEntityV1alpha1Validator,
  User: userEntityV1alpha1Validator,
  Location: locationEntityV1alpha1Validator,
  Template: templateEntityV1beta3Validator,
  AiResource: aiResourceEntityV1alpha1Validator,
  'API/mcp-server': mcpServerApiEntityValidator,
  'AiResource/skill': skillAiResourceEntityV1alpha1Validator,
  'AiResource/plugin': pluginAiResourceEntityV1alpha1Validator,
  'AiResource/marketplace': marketplaceAiResourceEntityV1alpha1Validator,
  'AiResource/rule': ruleAiResourceEntityV1alpha1Validator,
};

/** The complaint of Backstage's policies and validators about a descriptor, if there is one. */
async function complaint({ file, entity }: Descriptor): Promise<string | undefined> {
  const resolved = resolvePlaceholders(entity, file) as Entity;
  const { kind, spec } = resolved;
  const validator = validators[`${kind}/${word(spec?.['type'])}`] ?? validators[kind];
  try {
    if (!validator) return `no validator for kind ${kind}`;
    await policy.enforce(resolved);
    return (await validator.check(resolved)) ? undefined : `not a ${kind} for its validator`;
  } catch (error) {
    return String(error);
  }
}

const refOf = (entity: Entity) => stringifyEntityRef(entity);

/** Every reference that becomes a relation: kinds, field, and the kind a bare name stands for. */
const referenceFields: [kinds: RegExp, field: string, defaultKind: string | undefined][] = [
  [/^(Component|API|Resource|System|Domain|Template|AiResource)$/, 'owner', 'Group'],
  [/^(Component|API|Resource|AiResource)$/, 'system', 'System'],
  [/^Component$/, 'subcomponentOf', 'Component'],
  [/^System$/, 'domain', 'Domain'],
  [/^Domain$/, 'subdomainOf', 'Domain'],
  [/^Component$/, 'providesApis', 'API'],
  [/^Component$/, 'consumesApis', 'API'],
  [/^(Component|Resource|AiResource)$/, 'dependsOn', undefined],
  [/^User$/, 'memberOf', 'Group'],
  [/^Group$/, 'parent', 'Group'],
  [/^Group$/, 'children', 'Group'],
  [/^Group$/, 'members', 'User'],
  [/^AiResource$/, 'skills', 'AiResource'],
  [/^AiResource$/, 'plugins', 'AiResource'],
];

function references({ entity }: Descriptor): { field: string; target: string }[] {
  return referenceFields
    .filter(([kinds]) => kinds.test(entity.kind))
    .flatMap(([, field, defaultKind]) =>
      [entity.spec?.[field] ?? []].flat().map(ref => ({
        field,
        target: stringifyEntityRef(
          parseEntityRef(word(ref), {
            ...(defaultKind === undefined ? {} : { defaultKind }),
            defaultNamespace: entity.metadata.namespace ?? 'default',
          }),
        ),
      })),
    );
}

/** The files that a Location file pulls in, itself included, as Backstage follows them. */
function reachableFrom(file: string): string[] {
  const targets = parse(read(file))
    .map(document => document.toJS() as Entity)
    .filter(entity => entity.kind === 'Location')
    .flatMap(entity => [entity.spec?.['target'] ?? [], entity.spec?.['targets'] ?? []].flat())
    .map(target => posix.join(posix.dirname(file), word(target)));
  const matched = targets.flatMap(target => {
    const isMatch = picomatch(target);
    const matches = files.filter(file => isMatch(file));
    return matches.length > 0 ? matches : [`${target} (matches nothing)`];
  });
  return [file, ...matched.flatMap(match => (files.includes(match) ? reachableFrom(match) : match))];
}

describe('the demo organisation', () => {
  it('has about sixty entities', () => {
    expect(clean.length).toBeGreaterThanOrEqual(55);
    expect(clean.length).toBeLessThanOrEqual(75);
  });

  it('parses everywhere outside the playground', () => {
    const broken = yamlFiles.filter(
      file => !isPlayground(file) && parse(read(file)).some(({ errors }) => errors.length > 0),
    );
    expect(broken).toEqual([]);
  });

  it.each(clean.map(descriptor => [refOf(descriptor.entity), descriptor] as const))(
    '%s is valid for Backstage',
    async (_ref, descriptor) => {
      expect(await complaint(descriptor)).toBeUndefined();
    },
  );

  it('describes every entity once', () => {
    const refs = clean.map(({ entity }) => refOf(entity));
    expect(refs.filter((ref, index) => refs.indexOf(ref) !== index)).toEqual([]);
  });

  it('has no dangling reference outside the playground', () => {
    const known = new Set(clean.map(({ entity }) => refOf(entity)));
    const dangling = clean.flatMap(descriptor =>
      references(descriptor)
        .filter(({ target }) => !known.has(target))
        .map(({ field, target }) => `${refOf(descriptor.entity)} ${field} ${target}`),
    );
    expect(dangling).toEqual([]);
  });

  it('uses every field that makes a relation', () => {
    const used = new Set(clean.flatMap(references).map(({ field }) => field));
    expect(referenceFields.map(([, field]) => field).filter(field => !used.has(field))).toEqual([]);
  });

  it('says parent and children alike', () => {
    const groups = clean.filter(({ entity }) => entity.kind === 'Group');
    const edges = (field: string, edge: (self: string, other: string) => string) =>
      groups
        .flatMap(group =>
          references(group)
            .filter(reference => reference.field === field)
            .map(({ target }) => edge(refOf(group.entity), target)),
        )
        .sort();
    expect(edges('parent', (self, other) => `${other} > ${self}`)).toEqual(
      edges('children', (self, other) => `${self} > ${other}`),
    );
  });

  it('has every kind, API type, AI resource type and lifecycle', () => {
    const values = (kind: RegExp, field: string) =>
      [
        ...new Set(
          clean
            .filter(({ entity }) => kind.test(entity.kind))
            .map(({ entity }) => word(entity.spec?.[field])),
        ),
      ].sort();
    expect([...new Set(clean.map(({ entity }) => entity.kind))].sort()).toEqual(
      Object.keys(validators)
        .filter(key => !key.includes('/'))
        .sort(),
    );
    expect(values(/^API$/, 'type')).toEqual([
      'asyncapi',
      'graphql',
      'grpc',
      'mcp-server',
      'openapi',
      'trpc',
    ]);
    expect(values(/^AiResource$/, 'type')).toEqual(['marketplace', 'plugin', 'rule', 'skill']);
    expect(values(/^Component$/, 'lifecycle')).toEqual([
      'deprecated',
      'experimental',
      'production',
    ]);
  });

  it('is pulled in whole by its root Location', () => {
    expect([...new Set(reachableFrom('catalog-info.yaml'))].sort()).toEqual(
      [...new Set(clean.map(({ file }) => file))].sort(),
    );
  });

  it('names no address outside the reserved example domains', () => {
    const hosts = files.flatMap(file =>
      [...read(file).matchAll(/https?:\/\/([a-z0-9.-]+)|[\w.-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)]
        .map(match => match[1] ?? match[2] ?? '')
        .filter(host => !/(^|\.)example\.(com|org)$|^localhost$|^www\.w3\.org$/.test(host))
        .map(host => `${file}: ${host}`),
    );
    expect(hosts).toEqual([]);
  });
});

describe('the documentation of the demo organisation', () => {
  const sites = clean.flatMap(({ file, entity }) => {
    const ref = entity.metadata.annotations?.['backstage.io/techdocs-ref'];
    return ref === undefined ? [] : [posix.join(posix.dirname(file), ref.replace(/^dir:/, ''))];
  });

  /** The pages of a `nav`, whatever its nesting. */
  function pages(nav: unknown): string[] {
    if (typeof nav === 'string') return [nav];
    return isRecord(nav) || Array.isArray(nav) ? Object.values(nav).flatMap(pages) : [];
  }

  it('has at least three sites', () => {
    expect(new Set(sites).size).toBeGreaterThanOrEqual(3);
  });

  it.each(sites)('%s lists exactly the pages it has', site => {
    const config: unknown = parse(read(posix.join(site, 'mkdocs.yml')))[0]?.toJS();
    const docs = posix.join(site, 'docs/');
    const present = files.filter(file => file.startsWith(docs) && file.endsWith('.md'));
    expect(
      pages(isRecord(config) ? config['nav'] : undefined)
        .map(page => posix.join(docs, page))
        .sort(),
    ).toEqual(present);
  });

  it('links to files that exist', () => {
    const dead = files
      .filter(file => file.endsWith('.md') && !isSkeleton(file))
      .flatMap(file =>
        // Code is not followed: it shows links that are not ours.
        [...read(file).replace(/```[\s\S]*?```|`[^`\n]*`/g, '').matchAll(/\]\(([^)#\s]+)/g)]
          .map(match => match[1] ?? '')
          .filter(target => !/^[a-z]+:/.test(target))
          .filter(target => !existsSync(join(DEMO, dirname(file), target)))
          .map(target => `${file}: ${target}`),
      );
    expect(dead).toEqual([]);
  });
});

describe('the playground', () => {
  const one = (name: string) => {
    const found = playground.filter(({ entity }) => entity.metadata.name === name);
    expect(found).toHaveLength(1);
    return found[0] as Descriptor;
  };

  it('marks each mistake in the file that makes it', () => {
    const unmarked = files.filter(
      file => isPlayground(file) && file.endsWith('.yaml') && !read(file).includes('# Deliberate:'),
    );
    expect(unmarked.filter(file => file !== 'playground/broken.yaml')).toEqual([]);
    expect(read('playground/broken.yaml')).toContain('# Deliberate:');
  });

  it('points at a team and a database that do not exist', async () => {
    const known = new Set(descriptors.map(({ entity }) => refOf(entity)));
    const lost = one('lost-property');
    expect(await complaint(lost)).toBeUndefined();
    expect(
      references(lost)
        .map(({ target }) => target)
        .filter(target => !known.has(target)),
    ).toEqual(['group:default/team-welcom', 'resource:default/umbrella-db']);
  });

  it('has a component without a lifecycle and one with an upper-case tag', async () => {
    expect(await complaint(one('seagull-alarm'))).toContain('lifecycle');
    expect(await complaint(one('fog-horn'))).toContain('tags.0');
  });

  it('describes one entity of the company again', () => {
    const known = new Set(clean.map(({ entity }) => refOf(entity)));
    expect(
      playground.map(({ entity }) => refOf(entity)).filter(ref => known.has(ref)),
    ).toEqual(['component:default/ticket-mailer']);
  });

  it('breaks only the second document of a file', () => {
    expect(parse(read('playground/broken.yaml')).map(({ errors }) => errors.length > 0)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('has a kind that Backstage does not know', async () => {
    expect(await complaint(one('mv-fulmar'))).toBe('no validator for kind Vessel');
  });

  it('has Locations that cannot be read', () => {
    expect(reachableFrom('playground/locations.yaml')).toEqual([
      'playground/locations.yaml',
      'playground/winter/catalog-info.yaml (matches nothing)',
      'playground/lighthouse.yaml (matches nothing)',
      expect.stringContaining('(matches nothing)'),
    ]);
  });
});
