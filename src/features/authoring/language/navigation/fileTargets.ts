import { isScalar, isSeq, visit } from 'yaml';
import { dirnameUri, isRecord, joinUri } from '../../../../base';
import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_VIEW_URL,
} from '../../../../model';
import { TECHDOCS_REF } from '../../../../model/presentation';
import { locationTargets, resolveReference } from '../../../catalog/core/locations';
import { descriptorOf } from '../descriptors/descriptor';
import {
  type FieldPath,
  nodeAt,
  scalarsAt,
  type WrittenScalar,
  writtenScalar,
} from '../documents/cursor';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';

/** A value that refers to files or a web page. */
export interface FileTarget {
  readonly scalar: WrittenScalar;
  /** An `http:` or `https:` address. */
  readonly url?: string;
  /** URI of a file, which may not exist. */
  readonly file?: string;
  /** For a pattern: the folder that it is relative to. */
  readonly folder?: string;
  readonly pattern?: string;
}

type Led = Omit<FileTarget, 'scalar'>;

/** Returns all references to files and web pages in a descriptor. */
export function fileTargetsIn(
  placed: PlacedPart,
  text: YamlText,
  context: LanguageContext,
): readonly FileTarget[] {
  const descriptor = descriptorOf(placed.part, context.catalog.kinds);
  if (!descriptor) return [];
  const from = { base: text.uri, boundary: context.boundaryOf(text.uri) };
  return [
    ...(descriptor.kind === 'Location' ? targetsOfLocation(placed, from) : []),
    ...placeholders(placed, from),
    ...annotations(placed, from),
    ...links(placed),
  ];
}

/** The folder of the referring file and the boundary of its references; URIs. */
interface From {
  readonly base: string;
  readonly boundary: string;
}

function targetsOfLocation(placed: PlacedPart, from: From): readonly FileTarget[] {
  const { value } = placed.part;
  const spec = isRecord(value) && isRecord(value['spec']) ? value['spec'] : {};
  const { type, target, targets } = spec;
  const entity = {
    apiVersion: '',
    kind: 'Location',
    metadata: { name: '' },
    spec: {
      ...(typeof type === 'string' && { type }),
      ...(typeof target === 'string' && { target }),
      ...(Array.isArray(targets) && {
        targets: targets.map((item: unknown) => (typeof item === 'string' ? item : '')),
      }),
    },
  };
  return locationTargets(entity, from).targets.flatMap(({ path, written, uri, pattern }) => {
    if (!written) return [];
    const led =
      uri === undefined
        ? webPage(written)
        : pattern === undefined
          ? { file: uri }
          : { folder: uri, pattern };
    return at(placed, path, led);
  });
}

const PLACEHOLDERS = ['$text', '$json', '$yaml', '$openapi', '$asyncapi'];

function placeholders(placed: PlacedPart, from: From): readonly FileTarget[] {
  const found: FileTarget[] = [];
  if (!placed.part.root || !placed.part.source.includes('$')) return found;
  visit(placed.part.root, {
    Map(_, map) {
      const [pair] = map.items;
      if (map.items.length !== 1 || !isScalar(pair?.key) || !isScalar(pair.value)) return;
      if (!PLACEHOLDERS.includes(String(pair.key.value)) || !pair.value.range) return;
      const scalar = writtenScalar(placed, pair.value);
      const led = reference(scalar.value, from);
      if (led) found.push({ scalar, ...led });
    },
  });
  return found;
}

/** Annotations with a location, `<type>:<target>` or an address. */
const PLACES = [
  TECHDOCS_REF,
  ANNOTATION_SOURCE_LOCATION,
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
];
const ADDRESSES = [ANNOTATION_VIEW_URL, ANNOTATION_EDIT_URL];

function annotations(placed: PlacedPart, from: From): readonly FileTarget[] {
  const root: FieldPath = ['metadata', 'annotations'];
  if (!nodeAt(placed, root)) return [];
  return [...PLACES, ...ADDRESSES].flatMap(key =>
    scalarsAt(placed, [...root, key]).flatMap(({ scalar }) => {
      const led = ADDRESSES.includes(key) ? webPage(scalar.value) : place(scalar.value, key, from);
      return led ? [{ scalar, ...led }] : [];
    }),
  );
}

function place(value: string, key: string, { base, boundary }: From): Led | undefined {
  const { type, target = '' } = /^(?<type>[a-z]+):(?<target>.*)$/s.exec(value.trim())?.groups ?? {};
  if (type === 'url') return webPage(target);
  if (type !== 'dir' || key !== TECHDOCS_REF) return undefined;
  const docs = reference(target || '.', { base, boundary });
  if (docs?.file === undefined) return undefined;
  const folder = docs.file === base ? dirnameUri(base) : docs.file;
  return { file: joinUri(folder, 'mkdocs.yml') };
}

function links(placed: PlacedPart): readonly FileTarget[] {
  const list = nodeAt(placed, ['metadata', 'links']);
  if (!isSeq(list)) return [];
  return list.items.flatMap((_, index) => {
    const path = ['metadata', 'links', index, 'url'];
    const [found] = scalarsAt(placed, path);
    return found ? at(placed, path, webPage(found.scalar.value)) : [];
  });
}

function at(placed: PlacedPart, path: FieldPath, led: Led | undefined): readonly FileTarget[] {
  const [found] = scalarsAt(placed, path);
  return led && found?.path.length === path.length ? [{ scalar: found.scalar, ...led }] : [];
}

function reference(written: string, from: From): Led | undefined {
  const resolved = resolveReference(written, from);
  if (resolved.type === 'local') return { file: resolved.uri };
  return resolved.type === 'remote' ? webPage(resolved.url) : undefined;
}

/** Descriptors are untrusted: `command:`, `javascript:`, `file:` and other schemes aren't links. */
function webPage(url: string): Led | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'http:' || protocol === 'https:' ? { url: href } : undefined;
}
