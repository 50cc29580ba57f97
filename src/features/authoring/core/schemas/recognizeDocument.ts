import { basenameUri, dirnameUri, isRecord, ownValue, trailing } from '../../../../base';
import { parseYaml } from '../../../../platform/core/yaml';

/** The role of a YAML document. */
export type RecognizedDocument =
  | { readonly type: 'descriptor'; readonly head: DescriptorHead }
  | { readonly type: NamedDocument };

/** Documents that are recognized by file name: a docs site's config, a Backstage config, tests of a template, a plugin. */
export type NamedDocument = 'mkdocs' | 'appConfig' | 'templateTest' | 'plugin';

/** A kind that the organization has declared. */
export interface DeclaredKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
}

/** Backstage's built-in kinds. */
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

/** `backstage.io/v1alpha1`, `scaffolder.backstage.io/v1beta3` and similar versions of plugins. */
const BACKSTAGE_VERSION = /^(?:[\w-]+\.)*backstage\.io(?:\/|$)/;

/** The top-level keys of an entity that authors write. */
const envelopeKeys = ['apiVersion', 'kind', 'metadata', 'spec'];

/** Documents whose content isn't distinctive, so their file names have to match. */
const namedDocuments: readonly {
  name: RegExp;
  type: NamedDocument;
  keys: RegExp;
  /** Name of the folder; default: any. */
  folder?: string;
}[] = [
  { name: /^mkdocs(?:[._-][\w.-]+)?\.ya?ml$/, type: 'mkdocs', keys: /^(?!apiVersion$)/ },
  { name: /^app-config(?:\.[\w.-]+)?\.ya?ml$/, type: 'appConfig', keys: /^(?!apiVersion$)/ },
  { name: /\.callboard-test\.ya?ml$/, type: 'templateTest', keys: /^(?!apiVersion$)/ },
  { name: /^plugin\.(?:ya?ml|json)$/, folder: '.callboard', type: 'plugin', keys: /^(?!kind$)/ },
];

export interface RecognizeOptions {
  readonly declaredKinds?: readonly DeclaredKind[];
  /** Whether the file is known to have descriptors, so that an empty document is taken for a new one. */
  readonly isCatalogFile?: boolean | undefined;
}

/**
 * Determines the role of a YAML document by its content; file names count only for mkdocs.yml, app-config.yaml and
 * fixtures of templates. Returns undefined for other documents: Kubernetes documents have `apiVersion` and `kind`, too,
 * and kinds with the same names.
 *
 * @param uri - of the file
 * @param source - of the document alone
 */
export function recognizeDocument(
  uri: string,
  source: string,
  { declaredKinds = [], isCatalogFile = false }: RecognizeOptions = {},
): RecognizedDocument | undefined {
  const head = readDescriptorHead(source);
  const name = basenameUri(uri);
  const folder = basenameUri(dirnameUri(uri));
  const named = namedDocuments.find(
    row => row.name.test(name) && (row.folder ?? folder) === folder,
  );
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

/** Whether a version may become a known one as typing continues. */
function isBeginning(apiVersion: string, declaredKinds: readonly DeclaredKind[]): boolean {
  const versions = ['backstage.io/', 'scaffolder.backstage.io/'];
  const known = [...versions, ...declaredKinds.flatMap(({ apiVersions }) => apiVersions)];
  return known.some(version => version.startsWith(apiVersion));
}

/** The parts of a document that determine its schema, as far as they are written. */
export interface DescriptorHead {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** `spec.type`. */
  readonly specType: string | undefined;
  /** The top-level keys, in their order. */
  readonly keys: readonly string[];
  /** Whether the document has only comments, blank lines and markers. */
  readonly isBlank: boolean;
}

/** The maximum length of a flow-style document whose head is read. */
const MAX_FLOW_LENGTH = 100_000;

const KEY = /(?:(?:"([^"\\\r\n]+)"|'([^'\r\n]+)')[ \t]*|([^\s"'#[\]{},&*!|>%@`:-][^\r\n:#]*))/
  .source;
const TOP_LEVEL = new RegExp(`^(?:---[ \\t]+)?${KEY}:(?=[ \\t\\r\\n]|$)[ \\t]*(.*)$`, 'gm');

/**
 * Reads the head of a YAML document by its lines, which works for incomplete and for large documents. The first of
 * duplicate keys counts.
 */
export function readDescriptorHead(source: string): DescriptorHead {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const content = /^(?:[ \t]*(?:#.*)?(?:---[ \t]*(?:#.*)?)?\r?\n)*/.exec(text)?.[0].length ?? 0;
  if (/^(?:---)?[ \t]*\{/.test(text.slice(content, content + 100))) return flowHead(text);
  const fields = new Map<string, { value: string; end: number; start: number }>();
  for (const match of text.matchAll(TOP_LEVEL)) {
    const key = match[1] ?? match[2] ?? withoutBlanks(match[3] ?? '');
    const start = match.index;
    if (!fields.has(key)) fields.set(key, { value: match[4] ?? '', start, end: text.length });
  }
  const spec = fields.get('spec');
  const next = spec && [...fields.values()].find(({ start }) => start > spec.start);
  return {
    apiVersion: scalarOf(fields.get('apiVersion')?.value),
    kind: scalarOf(fields.get('kind')?.value),
    specType: spec && typeIn(text.slice(spec.start, next?.start)),
    keys: [...fields.keys()],
    isBlank: fields.size === 0 && !/^(?!---)[ \t]*[^\s#]/m.test(text),
  };
}

function withoutComment(value: string): string {
  const comment = value.search(/(?:^|[ \t])#/);
  return comment < 0 ? value : withoutBlanks(value.slice(0, comment));
}

function withoutBlanks(text: string): string {
  return text.slice(0, text.length - trailing(text, /[ \t]/).length);
}

/** Returns the first `type` at the first level of the block. */
function typeIn(block: string): string | undefined {
  const flow = /^spec[ \t]*:[ \t]*\{[^}]*?\btype[ \t]*:[ \t]*([^,}\r\n]+)/.exec(block);
  if (flow) return scalarOf(flow[1]);
  const indent = /\n([ ]+)[^\s#-]/.exec(block)?.[1];
  if (indent === undefined) return undefined;
  return scalarOf(new RegExp(`\\n${indent}type[ \\t]*:[ \\t]+(.*)`).exec(block)?.[1]);
}

/** Returns a plain or quoted scalar without anchors, tags and comments. */
function scalarOf(written: string | undefined): string | undefined {
  const value = written?.replace(/^(?:[&!]\S*[ \t]+)+/, '').trim();
  if (!value) return undefined;
  const quoted = /^(?:"([^"]*)"|'([^']*)')/.exec(value);
  const plain = quoted ? (quoted[1] ?? quoted[2]) : withoutComment(value);
  return plain === undefined || plain === '' || /^[|>*[{]/.test(plain) ? undefined : plain;
}

function flowHead(text: string): DescriptorHead {
  const fields = text.length > MAX_FLOW_LENGTH ? {} : fieldsOf(text);
  const read = (from: unknown, key: string): string | undefined => {
    const found = isRecord(from) ? ownValue(from, key) : undefined;
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  return {
    apiVersion: read(fields, 'apiVersion'),
    kind: read(fields, 'kind'),
    specType: read(ownValue(fields, 'spec'), 'type'),
    keys: Object.keys(fields),
    isBlank: false,
  };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseYaml(text);
    return isRecord(value) ? value : {};
  } catch {
    // Incomplete, or not YAML: nothing is known of it.
    return {};
  }
}
