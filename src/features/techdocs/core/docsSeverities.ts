import type { Severity } from '../../../model';

/**
 * What is reported of documentation, as `problemSeverities` of the catalog has it of all else. `docsProblemTitles`
 * says in a line what each is, and docs/problems.md at length.
 */
export const docsSeverities = {
  'mkdocs-invalid': 'error',
  'mkdocs-inherit-missing': 'error',
  'docs-dir-invalid': 'error',
  'docs-outside-repository': 'error',
  'docs-include-missing': 'error',
  'nav-page-missing': 'warning',
  'nav-path-absolute': 'info',
  'page-not-in-nav': 'info',
  'page-conflict': 'warning',
  'unknown-docs-plugin': 'info',
  'unknown-docs-extension': 'info',
  'redirect-target-missing': 'warning',
  'page-link-missing': 'warning',
  'page-image-missing': 'warning',
  'page-link-unrecognized': 'info',
  'page-link-absolute': 'info',
  'page-link-excluded': 'info',
  'page-entity-missing': 'info',
  'page-anchor-missing': 'info',
  'duplicate-heading-id': 'warning',
  'page-include-missing': 'warning',
  'page-include-outside': 'warning',
} as const satisfies Record<string, Severity>;

export type DocsProblemCode = keyof typeof docsSeverities;
