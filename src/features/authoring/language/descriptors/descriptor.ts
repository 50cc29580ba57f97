import {
  DEFAULT_NAMESPACE,
  type Entity,
  type RelationRule,
  stringifyEntityRef,
} from '../../../../model';
import type { KindRegistry } from '../../../../model/validation';
import { PartCache, type YamlPart } from '../documents/yamlPart';

/** What a document says of itself, as far as it is written; it may be broken in every other respect. */
export interface Descriptor {
  readonly apiVersion: string;
  readonly kind: string | undefined;
  readonly namespace: string;
  readonly name: string | undefined;
  /** `spec.type` */
  readonly type: string | undefined;
  /** `kind:namespace/name`, lower-cased, where there are a kind and a name. */
  readonly ref: string | undefined;
  /** Whether it is a template of a descriptor: what is in braces is not known yet. */
  readonly isTemplated: boolean;
}

/** Undefined for a document that is no descriptor by what stands in it. */
export function descriptorOf(part: YamlPart, kinds: KindRegistry): Descriptor | undefined {
  return descriptors.get(part, kinds, () => readDescriptor(part, kinds));
}

/** Whether it is one, by its lines where these tell, and only else by its syntax. */
export function isDescriptor(part: YamlPart, kinds: KindRegistry): boolean {
  const apiVersion = written(part, API_VERSION);
  const isWritten = apiVersion !== undefined && isDescriptorVersion(apiVersion, kinds);
  return isWritten || descriptorOf(part, kinds) !== undefined;
}

const descriptors = new PartCache<Descriptor | undefined>();

const API_VERSION = /^apiVersion:[ \t]*(\S+)/m;

function readDescriptor(part: YamlPart, kinds: KindRegistry): Descriptor | undefined {
  const apiVersion = part.textAt('apiVersion') ?? written(part, API_VERSION);
  if (apiVersion === undefined || !isDescriptorVersion(apiVersion, kinds)) return undefined;
  const kind = part.textAt('kind') ?? written(part, /^kind:[ \t]*(\S+)/m);
  const name =
    part.textAt('metadata', 'name') ?? written(metadataOf(part), /^[ \t]+name:[ \t]*(\S+)/m);
  const namespace = part.textAt('metadata', 'namespace') || DEFAULT_NAMESPACE;
  const identity = [apiVersion, kind, name, namespace];
  return {
    apiVersion,
    kind,
    name,
    namespace,
    type: part.textAt('spec', 'type'),
    ref: kind && name ? stringifyEntityRef({ kind, namespace, name }) : undefined,
    isTemplated: identity.some(value => value !== undefined && /\{[{%#]/.test(value)),
  };
}

/** Of a broken document the text tells what the parser did not get to. */
function written({ source }: Pick<YamlPart, 'source'>, pattern: RegExp): string | undefined {
  return pattern.exec(source)?.[1]?.replace(/^["']|["']$/g, '');
}

/** The lines below `metadata`. */
function metadataOf({ source }: YamlPart): Pick<YamlPart, 'source'> {
  // Each line can be read in one way alone: in two, this would take time without end.
  return { source: /^metadata:[ \t]*\r?\n((?:[ \t].*(?:\r?\n|$))*)/m.exec(source)?.[1] ?? '' };
}

function isDescriptorVersion(apiVersion: string, kinds: KindRegistry): boolean {
  return (
    /^(?:[\w-]+\.)*backstage\.io\//.test(apiVersion) ||
    kinds.knownKinds().some(({ apiVersions }) => apiVersions.includes(apiVersion))
  );
}

/** The relation fields that the entity of a descriptor has. */
export function relationRulesOf(
  { apiVersion, kind, type }: Descriptor,
  kinds: KindRegistry,
): readonly RelationRule[] {
  if (kind === undefined) return [];
  const spec: Entity['spec'] = type === undefined ? {} : { type };
  return kinds.relationsFor({ apiVersion, kind, spec });
}
