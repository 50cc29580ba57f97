import type { EntitySource } from '../../../../api';
import { EMPTY_RANGE, ownValue } from '../../../../base';
import type { Problem, Severity } from '../../../../model';

/**
 * The registry of problem codes, with the title of each as its doc comment: `npm run manifest` takes the settings and the
 * index of docs/problems.md from here, and from the tables of features that have codes of their own. What Backstage
 * refuses is an error; what it accepts silently, or what only a server could tell, is a warning.
 */
export const problemSeverities = {
  /** The document is not valid YAML. */
  'yaml-syntax': 'error',
  /** The document's aliases expand to too much data to read safely. */
  'yaml-aliases': 'error',
  /** The document is nested too deeply to be read safely. */
  'yaml-nesting': 'error',
  /** The file is larger than callboard.catalog.maxFileSize and wasn't read. */
  'file-too-large': 'warning',
  /** The file can't be read. */
  'file-not-read': 'warning',
  /** A descriptor needs apiVersion, kind and metadata.name. */
  'invalid-envelope': 'error',
  /** A field that all kinds share breaks a rule of the catalog. */
  'invalid-metadata': 'error',
  /** The spec doesn't match the schema of its kind. */
  'invalid-spec': 'error',
  /** An entity reference can't be parsed. */
  'invalid-reference': 'error',
  /** Two keys of the entity differ only in case. */
  'case-variant-keys': 'error',
  /** The field is set by Backstage and can't be written in a descriptor. */
  'read-only-field': 'warning',
  /** Unknown field with a name similar to a known one. */
  'misspelled-field': 'hint',
  /** Unknown kind or apiVersion. */
  'unknown-kind': 'warning',
  /** A reference targets an entity that isn't in the catalog. */
  'dangling-reference': 'warning',
  /** A reference targets a kind that its field doesn't accept. */
  'wrong-kind-reference': 'warning',
  /** Groups, domains or components contain each other in a cycle. */
  'relation-cycle': 'warning',
  /** Another document defines the same entity and takes precedence. */
  'duplicate-entity': 'warning',
  /** A Location targets a file outside the workspace, or one that can't be read. */
  'location-not-read': 'warning',
  /** A target of a Location matches no file. */
  'location-target-missing': 'warning',
  /** A Location has a type or target that Backstage can't read. */
  'location-target-invalid': 'warning',
  /** A placeholder targets another machine and wasn't read. */
  'placeholder-not-read': 'hint',
  /** A placeholder targets a file that doesn't exist. */
  'placeholder-missing': 'warning',
  /** The content that a placeholder targets can't be used. */
  'placeholder-invalid': 'error',
  /** Unknown annotation with a name similar to a known one. */
  'unknown-annotation': 'hint',
  /** An annotation is no longer used by Backstage or its plugin. */
  'deprecated-annotation': 'warning',
  /** A field is deprecated or removed in this release of Backstage. */
  'deprecated-field': 'warning',
  /** A field needs a newer release of Backstage. */
  'unsupported-field': 'warning',
  /** An annotation's value has the wrong format. */
  'invalid-annotation': 'warning',
  /** backstage.io/techdocs-ref doesn't match any docs. */
  'techdocs-ref-missing': 'warning',
  /** A step uses an action that isn't in Backstage's own packages. */
  'unknown-action': 'warning',
  /** A step's input doesn't match the schema of its action. */
  'invalid-action-input': 'warning',
  /** Two steps of a template have the same id. */
  'duplicate-step-id': 'warning',
  /** A step's if or each isn't valid. */
  'invalid-step-condition': 'warning',
  /** A template expression can't be parsed. */
  'expression-syntax': 'warning',
  /** A template expression uses an unknown filter. */
  'unknown-filter': 'warning',
  /** A template expression refers to a value that doesn't exist. */
  'unresolved-expression': 'warning',
  /** A step reads files from a folder that doesn't exist or is empty. */
  'template-source-missing': 'warning',
  /** A page requires a parameter that it doesn't define. */
  'unknown-required-parameter': 'warning',
  /** A template defines a parameter that it doesn't use. */
  'unused-parameter': 'hint',
  /** The entity has no owner and gets it from CODEOWNERS. */
  'owner-from-codeowners': 'hint',
  /** The JSON schema of a custom kind can't be used. */
  'custom-kind-schema': 'error',
  /** A layer of the catalog model has an error. */
  'invalid-model': 'error',
  /** .callboard/config.yaml has an invalid value. */
  'invalid-config': 'error',
  /** A value doesn't match the JSON schema of its document. */
  'schema-mismatch': 'warning',
  /** The JSON schema in a comment wasn't read. */
  'schema-refused': 'info',
  /** A plugin failed while it processed the entity. */
  'processor-failed': 'error',
  /** A Location wasn't loaded because one of its targets has errors. */
  'location-not-loaded': 'error',
  /** Two Locations claim the same entity. */
  'location-unsettled': 'warning',
  /** A folder of the workspace can't be read. */
  'folder-unreadable': 'warning',
  /** A source can't be updated. */
  'source-not-read': 'error',
  /** The rules of the Backstage don't allow this kind from this location. */
  'kind-not-allowed': 'error',
  /** No location in app-config.yaml includes the entity. */
  'unreachable-entity': 'hint',
  /** app-config.yaml has a value that prevents Backstage from starting. */
  'app-config-invalid': 'error',
  /** An environment variable used in app-config.yaml isn't set. */
  'app-config-variable': 'warning',
  /** Callboard doesn't read locations of this type. */
  'app-config-location-type': 'warning',
  /** A rule in app-config.yaml names an unknown kind. */
  'app-config-kind': 'hint',
} as const satisfies Record<string, Severity>;

export type CatalogProblemCode = keyof typeof problemSeverities;

export function defaultSeverity(code: string): Severity | undefined {
  const severities: Readonly<Record<string, Severity>> = problemSeverities;
  return ownValue(severities, code);
}

/** Details of a problem. Without a place, it is in no file. */
type ProblemDetails = Partial<Omit<Problem, 'code' | 'severity' | 'message'>>;

/** Creates a problem with the default severity of its code. */
export function createProblem(
  code: CatalogProblemCode,
  message: string,
  details: ProblemDetails = {},
): Problem {
  return {
    code,
    severity: problemSeverities[code],
    message,
    file: undefined,
    document: undefined,
    range: EMPTY_RANGE,
    ...details,
  };
}

/** Place of a problem with an entity, by default at its name; in no file if the entity has none. */
export function atEntity(
  { ref, source }: { readonly ref: string; readonly source: EntitySource | undefined },
  range = source?.nameRange,
): ProblemDetails {
  if (!source) return { entityRef: ref };
  return { file: source.file, document: source.document, range, entityRef: ref };
}
