// Shared by the tests of demo/: its files, its descriptors, and Backstage's validation of them.
import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
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
import { parseAllDocuments, type Document } from 'yaml';

export const DEMO = fileURLToPath(new URL('../../../demo', import.meta.url));

/** One YAML document with a descriptor in it, and the file (relative to demo/, `/`) it is in. */
export interface Descriptor {
  file: string;
  document: Document;
  entity: Entity;
}

export const files = readdirSync(DEMO, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => relative(DEMO, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .sort();

export const isSkeleton = (file: string) => file.includes('/skeleton/');
export const isPlayground = (file: string) => file.startsWith('playground/');
export const yamlFiles = files.filter(file => /\.ya?ml$/.test(file) && !isSkeleton(file));

export const read = (file: string) => readFileSync(join(DEMO, file), 'utf8');
export const parse = (text: string) => parseAllDocuments(text, { merge: false }) as Document[];

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a field, or an empty string, which no rule here accepts. */
export const word = (value: unknown): string => (typeof value === 'string' ? value : '');

function isDescriptor(value: unknown): value is Entity {
  return (
    isRecord(value) &&
    typeof value['apiVersion'] === 'string' &&
    /(^|\.)backstage\.io\//.test(value['apiVersion']) &&
    typeof value['kind'] === 'string' &&
    isRecord(value['metadata'])
  );
}

/** Resolves `$text` and similar placeholders, as Backstage does before validation. */
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

export const descriptors: Descriptor[] = yamlFiles.flatMap(file =>
  parse(read(file)).flatMap(document => {
    const entity: unknown = document.errors.length > 0 ? undefined : document.toJS();
    return isDescriptor(entity) ? [{ file, document, entity }] : [];
  }),
);
export const clean = descriptors.filter(({ file }) => !isPlayground(file));
export const playground = descriptors.filter(({ file }) => isPlayground(file));

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

export const validators: Record<string, KindValidator> = {
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

/** Error of Backstage's policies and validators for a descriptor, if any. */
export async function complaint({ file, entity }: Descriptor): Promise<string | undefined> {
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

export const refOf = (entity: Entity) => stringifyEntityRef(entity);

/** Every reference that becomes a relation: kinds, field, and the default kind. */
export const referenceFields: [kinds: RegExp, field: string, defaultKind: string | undefined][] = [
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

export function references({ entity }: Descriptor): { field: string; target: string }[] {
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
export function reachableFrom(file: string): string[] {
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
  return [
    file,
    ...matched.flatMap(match => (files.includes(match) ? reachableFrom(match) : match)),
  ];
}
