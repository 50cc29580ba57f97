/** More text than fits into a window. */
export const manyTexts = 'Text.\n\n'.repeat(80);

const entity = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    backstage.io/techdocs-ref: dir:.
spec: { type: service, lifecycle: production, owner: nobody }
`;

const nav = 'nav:\n  - Home: index.md\n  - Guide:\n      - Setup: guide/setup.md\n';

/** The page of the portal with the docs of `shopDocs`. */
export const shop = { page: 'docs', site: 'file:///work' } as const;

/** A component with docs: the given index page, and a long page. */
export function shopDocs(index: string) {
  return {
    'catalog-info.yaml': entity,
    'mkdocs.yml': `site_name: Shop\n${nav}`,
    'docs/index.md': index,
    'docs/guide/setup.md': `# Setup\n\n## First\n\n${manyTexts}\n\n## Second\n\nHere.\n\n${manyTexts}`,
    'docs/dot.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  };
}
