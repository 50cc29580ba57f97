import { basenameUri } from '../../../../base';
import { type DescriptorHead, readDescriptorHead } from './descriptorHead';

/** What a YAML document is to Callboard. */
export type RecognisedDocument =
  { readonly type: 'descriptor'; readonly head: DescriptorHead } | { readonly type: NamedDocument };

/** What only a name tells of a file: a site's config, a Backstage's, tests of a software template. */
export type NamedDocument = 'mkdocs' | 'appConfig' | 'templateTest';

/** A kind that the organisation has declared. */
export interface DeclaredKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
}

/** The kinds that Backstage comes with. */
export const builtInKinds: readonly string[] = [
  'API',
  'AiResource',
  'Component',
  'Domain',
  'Group',
  'Location',
  'Resource',
  'System',
  'Template',
  'User',
];

/** `backstage.io/v1alpha1`, `scaffolder.backstage.io/v1beta3` and what plugins add in that manner. */
const BACKSTAGE_VERSION = /^(?:[\w-]+\.)*backstage\.io(?:\/|$)/;

/** The keys of an entity that authors write. */
const envelopeKeys = ['apiVersion', 'kind', 'metadata', 'spec'];

/** These say nothing of themselves that others would not say too: their names have to help. */
const namedDocuments: readonly { name: RegExp; type: NamedDocument; keys: RegExp }[] = [
  { name: /^mkdocs(?:[._-][\w.-]+)?\.ya?ml$/, type: 'mkdocs', keys: /^(?!apiVersion$)/ },
  { name: /^app-config(?:\.[\w.-]+)?\.ya?ml$/, type: 'appConfig', keys: /^(?!apiVersion$)/ },
  { name: /\.callboard-test\.ya?ml$/, type: 'templateTest', keys: /^(?!apiVersion$)/ },
];

export interface RecogniseOptions {
  readonly declaredKinds?: readonly DeclaredKind[];
  /** Whether the file is known to hold descriptors: a document that says nothing yet is to be one. */
  readonly isCatalogFile?: boolean;
}

/**
 * Says what one YAML document is, by what stands in it. A name counts for mkdocs.yml, app-config.yaml
 * and fixtures of templates alone. Undefined is somebody else's: Kubernetes too has documents with `apiVersion` and `kind`, and
 * kinds of the same names.
 *
 * @param uri - of the file
 * @param source - of the document alone
 */
export function recogniseDocument(
  uri: string,
  source: string,
  { declaredKinds = [], isCatalogFile = false }: RecogniseOptions = {},
): RecognisedDocument | undefined {
  const head = readDescriptorHead(source);
  const name = basenameUri(uri);
  const named = namedDocuments.find(row => row.name.test(name));
  if (named && head.keys.every(key => named.keys.test(key))) return { type: named.type };
  return isDescriptor(head, declaredKinds, isCatalogFile)
    ? { type: 'descriptor', head }
    : undefined;
}

function isDescriptor(
  { apiVersion, kind, keys, isBlank }: DescriptorHead,
  declaredKinds: readonly DeclaredKind[],
  isCatalogFile: boolean,
): boolean {
  if (apiVersion !== undefined) {
    return (
      BACKSTAGE_VERSION.test(apiVersion) ||
      declaredKinds.some(({ apiVersions }) => apiVersions.includes(apiVersion)) ||
      isBeginning(apiVersion, declaredKinds)
    );
  }
  if (kind !== undefined) {
    return builtInKinds.includes(kind) || declaredKinds.some(declared => declared.kind === kind);
  }
  if (isBlank || !keys.length) return isCatalogFile;
  const isEnvelope = keys.every(key => envelopeKeys.includes(key));
  return isEnvelope && (isCatalogFile || keys.includes('apiVersion') || keys.includes('kind'));
}

/** What is being typed may become one of the versions that are known. */
function isBeginning(apiVersion: string, declaredKinds: readonly DeclaredKind[]): boolean {
  const versions = ['backstage.io/', 'scaffolder.backstage.io/'];
  const known = [...versions, ...declaredKinds.flatMap(({ apiVersions }) => apiVersions)];
  return known.some(version => version.startsWith(apiVersion));
}
