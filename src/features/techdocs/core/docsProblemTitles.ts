import type { DocsProblemCode } from './docsSeverities';

/** One line for each code, for the settings and for reports. */
export const docsProblemTitles: Readonly<Record<DocsProblemCode, string>> = {
  'mkdocs-invalid': 'The mkdocs.yml holds something with which MkDocs does not build the site.',
  'mkdocs-inherit-missing': 'The config that a mkdocs.yml inherits from does not exist.',
  'docs-dir-invalid': 'The docs_dir of a mkdocs.yml cannot be used.',
  'docs-outside-repository': 'Documentation leads out of the repository and is not read.',
  'docs-include-missing': 'A site that the navigation includes cannot be taken in.',
  'nav-page-missing': 'An entry of the navigation leads to no page.',
  'nav-path-absolute': 'An entry of the navigation begins with a slash and is left as it is.',
  'page-not-in-nav': 'A page is missing in the navigation.',
  'page-conflict': 'Another page takes the place of this one.',
  'unknown-docs-plugin': 'What a plugin of MkDocs does to the site is not known here.',
  'unknown-docs-extension': 'What a Markdown extension makes of pages is not known here.',
  'redirect-target-missing': 'A redirect leads to no page.',
  'page-link-missing': 'A link of a page leads to no file of the documentation.',
  'page-image-missing': 'A page shows a picture that is not there.',
  'page-link-unrecognized': 'A relative link of a page does not lead to a file.',
  'page-link-absolute': 'A link of a page begins with a slash and is left as it is.',
  'page-link-excluded': 'A link of a page leads to a file that is not in what is built.',
  'page-entity-missing': 'A page links to an entity that is not in the catalog.',
  'page-anchor-missing': 'A link of a page leads to an anchor that is not there.',
  'duplicate-heading-id': 'Two elements of a page have the same id.',
  'page-include-missing': 'A page includes a file or section that is not there.',
  'page-include-outside': 'A page includes a file from outside of what its site may include.',
};
