import type { Severity } from '../../../../model';

/**
 * Every problem that the catalog itself and the language server report, with its severity unless settings
 * say otherwise; those of documentation are in `docsSeverities`, which an editor without any does not load. What Backstage refuses is an error; what it lets pass in silence, or what only a server could tell, is a
 * warning. `problemTitles` says in a line what each is, and docs/problems.md at length.
 */
export const problemSeverities = {
  'yaml-syntax': 'error',
  'yaml-aliases': 'error',
  'yaml-nesting': 'error',
  'file-too-large': 'warning',
  'file-not-read': 'warning',
  'invalid-envelope': 'error',
  'invalid-metadata': 'error',
  'invalid-spec': 'error',
  'invalid-reference': 'error',
  'case-variant-keys': 'error',
  'read-only-field': 'warning',
  'misspelt-field': 'hint',
  'unknown-kind': 'warning',
  'dangling-reference': 'warning',
  'wrong-kind-reference': 'warning',
  'relation-cycle': 'warning',
  'duplicate-entity': 'warning',
  'location-not-read': 'warning',
  'location-target-missing': 'warning',
  'location-target-invalid': 'warning',
  'placeholder-not-read': 'hint',
  'placeholder-missing': 'warning',
  'placeholder-invalid': 'error',
  'unknown-annotation': 'hint',
  'deprecated-annotation': 'warning',
  'invalid-annotation': 'warning',
  'techdocs-ref-missing': 'warning',
  'unknown-action': 'warning',
  'invalid-action-input': 'warning',
  'duplicate-step-id': 'warning',
  'invalid-step-condition': 'warning',
  'expression-syntax': 'warning',
  'unknown-filter': 'warning',
  'unresolved-expression': 'warning',
  'template-source-missing': 'warning',
  'unknown-required-parameter': 'warning',
  'unused-parameter': 'hint',
  'owner-from-codeowners': 'hint',
  'custom-kind-schema': 'error',
  'schema-mismatch': 'warning',
  'schema-refused': 'info',
  'processor-failed': 'error',
  'location-not-loaded': 'error',
  'location-unsettled': 'warning',
  'folder-unreadable': 'warning',
  'source-not-read': 'error',
  'kind-not-allowed': 'error',
  'unreachable-entity': 'hint',
  'app-config-invalid': 'error',
  'app-config-variable': 'warning',
  'app-config-location-type': 'warning',
  'app-config-kind': 'hint',
} as const satisfies Record<string, Severity>;

export type CatalogProblemCode = keyof typeof problemSeverities;

export function defaultSeverity(code: string): Severity | undefined {
  const severities: Readonly<Record<string, Severity>> = problemSeverities;
  return Object.hasOwn(severities, code) ? severities[code] : undefined;
}
