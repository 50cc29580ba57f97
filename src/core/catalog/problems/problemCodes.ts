import type { Severity } from '../../../model';

/** What is known of a kind of problem; docs/problems.md explains each at length. */
export interface ProblemCode {
  readonly defaultSeverity: Severity;
  /** One line, for the settings and the table in docs/problems.md. */
  readonly title: string;
}

/**
 * Every problem that the catalog itself reports. What Backstage refuses is an error; what it lets
 * pass in silence, or what only a server could tell, is a warning.
 */
export const problemCodes = {
  'yaml-syntax': { defaultSeverity: 'error', title: 'The document is not valid YAML.' },
  'yaml-aliases': {
    defaultSeverity: 'error',
    title: 'The aliases of the document stand for more than can be read safely.',
  },
  'yaml-nesting': {
    defaultSeverity: 'error',
    title: 'The document is nested too deeply to be read safely.',
  },
  'file-too-large': {
    defaultSeverity: 'warning',
    title: 'The file is larger than callboard.catalog.maxFileSize and was not read.',
  },
  'file-not-read': { defaultSeverity: 'warning', title: 'The file could not be read.' },
  'invalid-envelope': {
    defaultSeverity: 'error',
    title: 'A descriptor needs apiVersion, kind and metadata.name.',
  },
  'invalid-metadata': {
    defaultSeverity: 'error',
    title: 'A field that all kinds share breaks a rule of the catalog.',
  },
  'invalid-spec': {
    defaultSeverity: 'error',
    title: 'The spec does not fit the schema of its kind.',
  },
  'invalid-reference': {
    defaultSeverity: 'error',
    title: 'A reference to an entity cannot be parsed.',
  },
  'case-variant-keys': {
    defaultSeverity: 'error',
    title: 'Two keys of the entity differ only in upper and lower case.',
  },
  'unknown-kind': {
    defaultSeverity: 'warning',
    title: 'The kind or apiVersion is not known here or in a plain Backstage.',
  },
  'dangling-reference': {
    defaultSeverity: 'warning',
    title: 'A reference leads to an entity that is not in the catalog.',
  },
  'duplicate-entity': {
    defaultSeverity: 'warning',
    title: 'Another document has the same entity ref and wins.',
  },
  'location-not-read': {
    defaultSeverity: 'warning',
    title: 'A Location leads outside the workspace and was not read.',
  },
  'location-target-missing': {
    defaultSeverity: 'warning',
    title: 'A target of a Location matches no file.',
  },
  'location-target-invalid': {
    defaultSeverity: 'warning',
    title: 'A Location has a type or target that Backstage cannot read.',
  },
  'placeholder-not-read': {
    defaultSeverity: 'warning',
    title: 'A placeholder leads outside the workspace and was not read.',
  },
  'placeholder-missing': {
    defaultSeverity: 'warning',
    title: 'A placeholder leads to a file that does not exist.',
  },
  'placeholder-invalid': {
    defaultSeverity: 'error',
    title: 'A placeholder cannot be replaced by what it leads to.',
  },
  'owner-from-codeowners': {
    defaultSeverity: 'hint',
    title: 'The entity names no owner and has that of its file in CODEOWNERS.',
  },
  'custom-kind-schema': {
    defaultSeverity: 'error',
    title: 'The JSON schema of a custom kind cannot be used.',
  },
  'processor-failed': {
    defaultSeverity: 'error',
    title: 'A plugin failed while it processed the entity.',
  },
  'location-not-loaded': {
    defaultSeverity: 'error',
    title: 'Nothing of a Location is loaded, because something that it leads to has errors.',
  },
  'kind-not-allowed': {
    defaultSeverity: 'error',
    title: "A location leads to a kind that the Backstage's rules do not allow it.",
  },
  'app-config-invalid': {
    defaultSeverity: 'error',
    title: 'The app-config.yaml holds something that Backstage does not start with.',
  },
  'app-config-variable': {
    defaultSeverity: 'warning',
    title: 'An environment variable that the app-config.yaml names is not set.',
  },
  'app-config-location-type': {
    defaultSeverity: 'warning',
    title: 'A configured location has a type that is not read here.',
  },
  'app-config-kind': {
    defaultSeverity: 'hint',
    title: 'A rule of the app-config.yaml names a kind that is not known here.',
  },
} as const satisfies Record<string, ProblemCode>;

export type CatalogProblemCode = keyof typeof problemCodes;

/** Severities as the user sets them, by code; codes of plugins included. */
export type SeveritySettings = Readonly<Record<string, Severity | 'off'>>;

export function defaultSeverity(code: string): Severity | undefined {
  return (problemCodes as Record<string, ProblemCode | undefined>)[code]?.defaultSeverity;
}
