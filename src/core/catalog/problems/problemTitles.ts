import type { CatalogProblemCode } from './problemSeverities';

/**
 * One line for each code, for the settings and for reports. A file of its own: an editor that shows
 * problems does not need it.
 */
export const problemTitles: Readonly<Record<CatalogProblemCode, string>> = {
  'yaml-syntax': 'The document is not valid YAML.',
  'yaml-aliases': 'The aliases of the document stand for more than can be read safely.',
  'yaml-nesting': 'The document is nested too deeply to be read safely.',
  'file-too-large': 'The file is larger than callboard.catalog.maxFileSize and was not read.',
  'file-not-read': 'The file could not be read.',
  'invalid-envelope': 'A descriptor needs apiVersion, kind and metadata.name.',
  'invalid-metadata': 'A field that all kinds share breaks a rule of the catalog.',
  'invalid-spec': 'The spec does not fit the schema of its kind.',
  'invalid-reference': 'A reference to an entity cannot be parsed.',
  'case-variant-keys': 'Two keys of the entity differ only in upper and lower case.',
  'read-only-field': 'A field is written that only Backstage writes.',
  'misspelt-field': 'A field is not known, and has nearly the name of one that is.',
  'unknown-kind': 'The kind or apiVersion is not known here or in a plain Backstage.',
  'dangling-reference': 'A reference leads to an entity that is not in the catalog.',
  'wrong-kind-reference': 'A reference leads to a kind that makes no sense in its field.',
  'relation-cycle': 'Groups, domains or components contain each other in a circle.',
  'duplicate-entity': 'Another document has the same entity ref and wins.',
  'location-not-read': 'A Location leads outside the workspace and was not read.',
  'location-target-missing': 'A target of a Location matches no file.',
  'location-target-invalid': 'A Location has a type or target that Backstage cannot read.',
  'placeholder-not-read': 'A placeholder leads outside the workspace and was not read.',
  'placeholder-missing': 'A placeholder leads to a file that does not exist.',
  'placeholder-invalid': 'A placeholder cannot be replaced by what it leads to.',
  'unknown-annotation': 'An annotation is not known, and looks like one that is.',
  'deprecated-annotation': 'An annotation is no longer used by Backstage or its plugin.',
  'invalid-annotation': 'The value of an annotation is not of the form that is expected.',
  'techdocs-ref-missing': 'The annotation backstage.io/techdocs-ref leads to no documentation.',
  'owner-from-codeowners': 'The entity names no owner and has that of its file in CODEOWNERS.',
  'custom-kind-schema': 'The JSON schema of a custom kind cannot be used.',
  'schema-mismatch': 'A value does not fit the JSON schema of its document.',
  'schema-refused': 'The JSON schema that a comment names is not read.',
  'processor-failed': 'A plugin failed while it processed the entity.',
  'location-not-loaded':
    'Nothing of a Location is loaded, because something that it leads to has errors.',
  'kind-not-allowed': "A location leads to a kind that the Backstage's rules do not allow it.",
  'unreachable-entity': 'No location of the app-config.yaml leads to the entity.',
  'app-config-invalid': 'The app-config.yaml holds something that Backstage does not start with.',
  'app-config-variable': 'An environment variable that the app-config.yaml names is not set.',
  'app-config-location-type': 'A configured location has a type that is not read here.',
  'app-config-kind': 'A rule of the app-config.yaml names a kind that is not known here.',
};
