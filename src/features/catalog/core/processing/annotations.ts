import { isRecord } from '../../../../base';
import { ANNOTATION_SOURCE_LOCATION, readEntityRef, stringifyEntityRef } from '../../../../model';
import {
  annotationFault,
  annotationRepairs,
  refAnnotations,
  RESERVED_PREFIX,
  type WellKnownAnnotation,
  wellKnownAnnotation,
  wellKnownAnnotations,
} from '../../../../model/annotations';
import { TECHDOCS_REF } from '../../../../model/presentation';
import { didYouMean, editDistance, nameDistance } from '../../../../platform/core';
import { hasTemplateSyntax } from '../ingest/templateSyntax';
import type { FieldPath } from '../ingest/yaml/yamlDocument';
import type { CatalogProblemCode } from '../problems/problemSeverities';

export interface AnnotationIssue {
  readonly code: CatalogProblemCode &
    ('unknown-annotation' | 'deprecated-annotation' | 'invalid-annotation');
  readonly message: string;
  readonly path: FieldPath;
  readonly at: 'key' | 'value';
  readonly suggestions: readonly string[];
}

/** Returns the annotations of any document that are strings without template expressions. */
export function writtenAnnotations(document: unknown): ReadonlyMap<string, string> {
  const metadata = isRecord(document) ? document['metadata'] : undefined;
  const annotations = isRecord(metadata) ? metadata['annotations'] : undefined;
  const written = new Map<string, string>();
  for (const [key, value] of Object.entries(isRecord(annotations) ? annotations : {})) {
    if (typeof value !== 'string' || hasTemplateSyntax(key) || hasTemplateSyntax(value)) continue;
    written.set(key, value);
  }
  return written;
}

/** Returns the issues of annotations, which Backstage doesn't validate and plugins ignore silently. */
export function annotationIssues(annotations: ReadonlyMap<string, string>): AnnotationIssue[] {
  const issues: AnnotationIssue[] = [];
  for (const [key, value] of annotations) {
    const known = wellKnownAnnotation(key);
    const issue = known ? issueOfKnown(known, value) : issueOfUnknown(key);
    if (issue) issues.push({ ...issue, path: ['metadata', 'annotations', key] });
  }
  const folder = folderWithoutSlash(annotations);
  if (folder) issues.push(folder);
  return issues;
}

/** Returns the valid refs in annotations. */
export function annotationReferences(
  annotations: ReadonlyMap<string, string>,
): readonly { readonly key: string; readonly targetRef: string }[] {
  return refAnnotations.flatMap(({ key }) => {
    const target = readEntityRef(annotations.get(key));
    return target.ok ? [{ key, targetRef: stringifyEntityRef(target.value) }] : [];
  });
}

type Issue = Omit<AnnotationIssue, 'path'>;

function issueOfKnown(annotation: WellKnownAnnotation, value: string): Issue | undefined {
  const { key, deprecated, isWrittenByBackstage } = annotation;
  if (deprecated) {
    return {
      code: 'deprecated-annotation',
      message: `Annotation ${key} is deprecated: ${deprecated.advice}`,
      at: 'key',
      suggestions: deprecated.by === undefined ? [] : [deprecated.by],
    };
  }
  const fault = isWrittenByBackstage ? undefined : annotationFault(annotation, value);
  if (fault === undefined) return undefined;
  const message = `Annotation ${key} has an invalid value: ${fault}`;
  const suggestions = annotationRepairs(annotation, value);
  return { code: 'invalid-annotation', message, at: 'value', suggestions };
}

function issueOfUnknown(key: string): Issue | undefined {
  const suggestions = nearestKeys(key);
  if (!suggestions.length && !key.startsWith(RESERVED_PREFIX)) return undefined;
  const why = key.startsWith(RESERVED_PREFIX)
    ? `Annotation ${key} is not one of Backstage's, whose keys start with ${RESERVED_PREFIX}`
    : `Annotation ${key} is not known`;
  return {
    code: 'unknown-annotation',
    message: why + didYouMean(suggestions),
    at: 'key',
    suggestions,
  };
}

/**
 * Reports a source location of a folder without a trailing slash. Relative paths are resolved
 * against it like in a browser, so its last segment would count as a file. Checked only if docs are
 * relative to it.
 */
function folderWithoutSlash(annotations: ReadonlyMap<string, string>): AnnotationIssue | undefined {
  const location = annotations.get(ANNOTATION_SOURCE_LOCATION)?.trim() ?? '';
  if (!annotations.get(TECHDOCS_REF)?.trim().startsWith('dir:')) return undefined;
  if (location.length > MAX_LOCATION || !FOLDER_WITHOUT_SLASH.test(location)) return undefined;
  return {
    code: 'invalid-annotation',
    message: `Annotation ${ANNOTATION_SOURCE_LOCATION} leads to a folder and has to end with "/", or ${TECHDOCS_REF} is resolved beside it`,
    path: ['metadata', 'annotations', ANNOTATION_SOURCE_LOCATION],
    at: 'value',
    suggestions: [`${location}/`],
  };
}

const MAX_LOCATION = 2000;

/** URLs of a branch's folder or a whole repository, on known hosts. */
const FOLDER_WITHOUT_SLASH =
  /^url:\s*https?:\/\/(?:[^/?#]+\/[^?#]+\/(?:-\/)?tree\/[^?#]*[^/?#]|(?:github|gitlab)\.com\/[^/?#]+\/[^/?#]+)$/;

const MAX_SUGGESTIONS = 3;

/** Maximum number of cached keys: an organization has few keys of its own, in many entities. */
const MAX_REMEMBERED = 1000;
const remembered = new Map<string, readonly string[]>();

/** Returns known keys with a small edit distance, or with the same name under another prefix; cached. */
function nearestKeys(key: string): readonly string[] {
  const known = remembered.get(key);
  if (known) return known;
  const keys = nearKeys(key);
  if (remembered.size < MAX_REMEMBERED) remembered.set(key, keys);
  return keys;
}

function nearKeys(key: string): readonly string[] {
  if (key.length > MAX_LENGTH) return [];
  const [prefix, name] = partsOf(key);
  const isReserved = key.startsWith(RESERVED_PREFIX);
  return wellKnownAnnotations
    .filter(({ deprecated, isWrittenByBackstage }) => !deprecated && !isWrittenByBackstage)
    .flatMap(annotation => {
      const [knownPrefix, knownName] = partsOf(annotation.key);
      if (isReserved && knownName === name) return [{ key: annotation.key, steps: Infinity }];
      const ofName = nameDistance(name, knownName);
      if (ofName === undefined) return [];
      const ofPrefix = editDistance(prefix.toLowerCase(), knownPrefix);
      return ofPrefix <= 1 ? [{ key: annotation.key, steps: ofPrefix + ofName }] : [];
    })
    .sort((a, b) => a.steps - b.steps)
    .slice(0, MAX_SUGGESTIONS)
    .map(near => near.key);
}

/** Maximum length of a valid key: 253 for the prefix, 63 for the name. */
const MAX_LENGTH = 317;

function partsOf(key: string): readonly [prefix: string, name: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, Math.max(slash, 0)), key.slice(slash + 1)];
}
