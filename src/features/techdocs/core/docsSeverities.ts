import type { Severity } from '../../../model';

/**
 * Problem codes of documentation and their severities, apart from those of the catalog so that they
 * load on demand.
 */
export const docsSeverities = {
  /** mkdocs.yml has a value that makes MkDocs fail. */
  'mkdocs-invalid': 'error',
  /** The config that mkdocs.yml inherits from doesn't exist. */
  'mkdocs-inherit-missing': 'error',
  /** mkdocs.yml has a value that makes TechDocs fail, but not MkDocs. */
  'docs-config-refused': 'error',
  /** TechDocs removes a part of mkdocs.yml before it builds the site. */
  'docs-config-removed': 'warning',
  /** The docs_dir of mkdocs.yml can't be used. */
  'docs-dir-invalid': 'error',
  /** The docs folder is outside the repository and isn't read. */
  'docs-outside-repository': 'error',
  /** A site included by the navigation can't be loaded. */
  'docs-include-missing': 'error',
  /** A navigation entry doesn't match a page. */
  'nav-page-missing': 'warning',
  /** A navigation entry starts with a slash and isn't rewritten. */
  'nav-path-absolute': 'info',
  /** A page isn't in the navigation. */
  'page-not-in-nav': 'info',
  /** Another page has the same address. */
  'page-conflict': 'warning',
  /** The site uses a MkDocs plugin that Callboard doesn't support. */
  'unknown-docs-plugin': 'info',
  /** The site uses a Markdown extension that Callboard doesn't support. */
  'unknown-docs-extension': 'info',
  /** A redirect doesn't match a page. */
  'redirect-target-missing': 'warning',
  /** A link doesn't match a file of the docs. */
  'page-link-missing': 'warning',
  /** An image doesn't exist. */
  'page-image-missing': 'warning',
  /** A relative link doesn't match a file. */
  'page-link-unrecognized': 'info',
  /** A link starts with a slash and isn't rewritten. */
  'page-link-absolute': 'info',
  /** A link targets a file that is excluded from the build. */
  'page-link-excluded': 'info',
  /** A link targets an entity that isn't in the catalog. */
  'page-entity-missing': 'info',
  /** A link targets an anchor that doesn't exist. */
  'page-anchor-missing': 'info',
  /** Two elements of a page have the same id. */
  'duplicate-heading-id': 'warning',
  /** An included file or section doesn't exist. */
  'page-include-missing': 'warning',
  /** An included file is outside the folders that the site may include. */
  'page-include-outside': 'warning',
} as const satisfies Record<string, Severity>;

export type DocsProblemCode = keyof typeof docsSeverities;
