import type { Severity } from '../../../model';

/**
 * Problem codes of documentation, as `problemSeverities` of the catalog has its own. An editor without documentation
 * doesn't load them.
 */
export const docsSeverities = {
  /** The mkdocs.yml holds something with which MkDocs does not build the site. */
  'mkdocs-invalid': 'error',
  /** The config that a mkdocs.yml inherits from does not exist. */
  'mkdocs-inherit-missing': 'error',
  /** The docs_dir of a mkdocs.yml cannot be used. */
  'docs-dir-invalid': 'error',
  /** Documentation leads out of the repository and is not read. */
  'docs-outside-repository': 'error',
  /** A site that the navigation includes cannot be taken in. */
  'docs-include-missing': 'error',
  /** An entry of the navigation leads to no page. */
  'nav-page-missing': 'warning',
  /** An entry of the navigation begins with a slash and is left as it is. */
  'nav-path-absolute': 'info',
  /** A page is missing in the navigation. */
  'page-not-in-nav': 'info',
  /** Another page takes the place of this one. */
  'page-conflict': 'warning',
  /** What a plugin of MkDocs does to the site is not known here. */
  'unknown-docs-plugin': 'info',
  /** What a Markdown extension makes of pages is not known here. */
  'unknown-docs-extension': 'info',
  /** A redirect leads to no page. */
  'redirect-target-missing': 'warning',
  /** A link of a page leads to no file of the documentation. */
  'page-link-missing': 'warning',
  /** A page shows a picture that is not there. */
  'page-image-missing': 'warning',
  /** A relative link of a page does not lead to a file. */
  'page-link-unrecognized': 'info',
  /** A link of a page begins with a slash and is left as it is. */
  'page-link-absolute': 'info',
  /** A link of a page leads to a file that is not in what is built. */
  'page-link-excluded': 'info',
  /** A page links to an entity that is not in the catalog. */
  'page-entity-missing': 'info',
  /** A link of a page leads to an anchor that is not there. */
  'page-anchor-missing': 'info',
  /** Two elements of a page have the same id. */
  'duplicate-heading-id': 'warning',
  /** A page includes a file or section that is not there. */
  'page-include-missing': 'warning',
  /** A page includes a file from outside of what its site may include. */
  'page-include-outside': 'warning',
} as const satisfies Record<string, Severity>;

export type DocsProblemCode = keyof typeof docsSeverities;
