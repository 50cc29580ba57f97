import {
  DEFAULT_NAMESPACE,
  type Entity,
  type RelationRule,
  stringifyEntityRef,
} from '../../../../model';
import type { KindRegistry } from '../../../../model/validation';
import { PartCache, type YamlPart } from '../documents/yamlPart';

/** The identity of a document, as far as it is written; the document may be broken otherwise. */
export interface Descriptor {
  readonly apiVersion: string;
  readonly kind: string | undefined;
  readonly namespace: string;
  readonly name: string | undefined;
  /** `spec.type` */
  readonly type: string | undefined;
  /** `kind:namespace/name` in lowercase, if the document has a kind and a name. */
  readonly ref: string | undefined;
  /** Whether the document has template syntax, so that its values aren't final. */
  readonly isTemplated: boolean;
}

/** Returns undefined if the document isn't a descriptor by its content. */
export function descriptorOf(part: YamlPart, kinds: KindRegistry): Descriptor | undefined {
  return descriptors.get(part, kinds, () => readDescriptor(part, kinds));
}

/** Whether a document is a descriptor: by its lines if possible, which avoids parsing. */
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

/** Reads a field by pattern, for a broken document that the parser couldn't read completely. */
function written({ source }: Pick<YamlPart, 'source'>, pattern: RegExp): string | undefined {
  return pattern.exec(source)?.[1]?.replace(/^["']|["']$/g, '');
}

/** Returns the lines below `metadata`. */
function metadataOf({ source }: YamlPart): Pick<YamlPart, 'source'> {
  // Unambiguous, so that matching takes linear time.
  return { source: /^metadata:[ \t]*\r?\n((?:[ \t].*(?:\r?\n|$))*)/m.exec(source)?.[1] ?? '' };
}

function isDescriptorVersion(apiVersion: string, kinds: KindRegistry): boolean {
  return (
    /^(?:[\w-]+\.)*backstage\.io\//.test(apiVersion) ||
    kinds.knownKinds().some(({ apiVersions }) => apiVersions.includes(apiVersion))
  );
}

/** Returns the relation fields of a descriptor's entity. */
export function relationRulesOf(
  { apiVersion, kind, type }: Descriptor,
  kinds: KindRegistry,
): readonly RelationRule[] {
  if (kind === undefined) return [];
  const spec: Entity['spec'] = type === undefined ? {} : { type };
  return kinds.relationsFor({ apiVersion, kind, spec });
}
