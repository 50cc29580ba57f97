import type { EntitySource } from '../../../../api';
import { EMPTY_RANGE } from '../../../../base';
import type { Problem, Severity } from '../../../../model';

/**
 * The registry of problem codes, with the title of each as its doc comment: `npm run manifest` takes the settings and the
 * index of docs/problems.md from here, and from the tables of features that have codes of their own. What Backstage
 * refuses is an error; what it accepts silently, or what only a server could tell, is a warning.
 */
export const problemSeverities = {
  /** The document is not valid YAML. */
  'yaml-syntax': 'error',
  /** The aliases of the document stand for more than can be read safely. */
  'yaml-aliases': 'error',
  /** The document is nested too deeply to be read safely. */
  'yaml-nesting': 'error',
  /** The file is larger than callboard.catalog.maxFileSize and was not read. */
  'file-too-large': 'warning',
  /** The file could not be read. */
  'file-not-read': 'warning',
  /** A descriptor needs apiVersion, kind and metadata.name. */
  'invalid-envelope': 'error',
  /** A field that all kinds share breaks a rule of the catalog. */
  'invalid-metadata': 'error',
  /** The spec does not fit the schema of its kind. */
  'invalid-spec': 'error',
  /** A reference to an entity cannot be parsed. */
  'invalid-reference': 'error',
  /** Two keys of the entity differ only in upper and lower case. */
  'case-variant-keys': 'error',
  /** A field is written that only Backstage writes. */
  'read-only-field': 'warning',
  /** A field is not known, and has nearly the name of one that is. */
  'misspelt-field': 'hint',
  /** The kind or apiVersion is not known here or in a plain Backstage. */
  'unknown-kind': 'warning',
  /** A reference leads to an entity that is not in the catalog. */
  'dangling-reference': 'warning',
  /** A reference leads to a kind that makes no sense in its field. */
  'wrong-kind-reference': 'warning',
  /** Groups, domains or components contain each other in a circle. */
  'relation-cycle': 'warning',
  /** Another document has the same entity ref and wins. */
  'duplicate-entity': 'warning',
  /** A Location leads outside the workspace, or to what may not be read. */
  'location-not-read': 'warning',
  /** A target of a Location matches no file. */
  'location-target-missing': 'warning',
  /** A Location has a type or target that Backstage cannot read. */
  'location-target-invalid': 'warning',
  /** A placeholder leads to another machine and was not read. */
  'placeholder-not-read': 'hint',
  /** A placeholder leads to a file that does not exist. */
  'placeholder-missing': 'warning',
  /** A placeholder cannot be replaced by what it leads to. */
  'placeholder-invalid': 'error',
  /** An annotation is not known, and looks like one that is. */
  'unknown-annotation': 'hint',
  /** An annotation is no longer used by Backstage or its plugin. */
  'deprecated-annotation': 'warning',
  /** The value of an annotation is not of the form that is expected. */
  'invalid-annotation': 'warning',
  /** The annotation backstage.io/techdocs-ref leads to no documentation. */
  'techdocs-ref-missing': 'warning',
  /** A step uses an action that Backstage's own packages do not bring. */
  'unknown-action': 'warning',
  /** The input of a step does not fit the schema of its action. */
  'invalid-action-input': 'warning',
  /** Two steps of a template have the same id. */
  'duplicate-step-id': 'warning',
  /** An if or each of a step cannot do what it says. */
  'invalid-step-condition': 'warning',
  /** An expression of a template cannot be parsed. */
  'expression-syntax': 'warning',
  /** An expression of a template uses a filter that Backstage does not have. */
  'unknown-filter': 'warning',
  /** An expression of a template leads to nothing. */
  'unresolved-expression': 'warning',
  /** A step of a template takes files from a place where there are none. */
  'template-source-missing': 'warning',
  /** A page of a template requires a parameter that it does not ask for. */
  'unknown-required-parameter': 'warning',
  /** A template asks for a parameter and does not use it. */
  'unused-parameter': 'hint',
  /** The entity names no owner and has that of its file in CODEOWNERS. */
  'owner-from-codeowners': 'hint',
  /** The JSON schema of a custom kind cannot be used. */
  'custom-kind-schema': 'error',
  /** A value does not fit the JSON schema of its document. */
  'schema-mismatch': 'warning',
  /** The JSON schema that a comment names is not read. */
  'schema-refused': 'info',
  /** A plugin failed while it processed the entity. */
  'processor-failed': 'error',
  /** Nothing of a Location is loaded, because something that it leads to has errors. */
  'location-not-loaded': 'error',
  /** Two Locations claim the same entity. */
  'location-unsettled': 'warning',
  /** A folder of the workspace cannot be read. */
  'folder-unreadable': 'warning',
  /** A source could not be updated. */
  'source-not-read': 'error',
  /** A location leads to a kind that the Backstage's rules do not allow it. */
  'kind-not-allowed': 'error',
  /** No location of the app-config.yaml leads to the entity. */
  'unreachable-entity': 'hint',
  /** The app-config.yaml holds something that Backstage does not start with. */
  'app-config-invalid': 'error',
  /** An environment variable that the app-config.yaml names is not set. */
  'app-config-variable': 'warning',
  /** A configured location has a type that is not read here. */
  'app-config-location-type': 'warning',
  /** A rule of the app-config.yaml names a kind that is not known here. */
  'app-config-kind': 'hint',
} as const satisfies Record<string, Severity>;

export type CatalogProblemCode = keyof typeof problemSeverities;

export function defaultSeverity(code: string): Severity | undefined {
  const severities: Readonly<Record<string, Severity>> = problemSeverities;
  return Object.hasOwn(severities, code) ? severities[code] : undefined;
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
