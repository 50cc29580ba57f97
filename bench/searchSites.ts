import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nameOf, Random } from './organizationTexts';

/* Sites of docs among an invented organization, of pages with about five sections each. */

const PAGES_EACH = 20;
const SECTIONS = 5;

/** Writes sites, each with its component, into a folder. @returns the paths of the pages */
export function writeSites(folder: string, pages: number): readonly string[] {
  const random = new Random(11);
  const paths: string[] = [];
  const put = (path: string, text: string): string => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  for (let page = 0; page < pages; page++) {
    const site = `site-${Math.floor(page / PAGES_EACH)}`;
    if (page % PAGES_EACH === 0) {
      put(`${site}/catalog-info.yaml`, descriptorOf(site));
      put(`${site}/mkdocs.yml`, `site_name: ${site}\nplugins:\n  - techdocs-core\n`);
    }
    const name = page % PAGES_EACH === 0 ? 'index' : `page-${page % PAGES_EACH}`;
    paths.push(put(`${site}/docs/${name}.md`, pageText(random, page)));
  }
  return paths;
}

function descriptorOf(name: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: docs-of-${name}
  annotations:
    backstage.io/techdocs-ref: dir:.
spec:
  type: service
  lifecycle: production
  owner: team-0
`;
}

/** Returns a typical page of a handbook: 2.5 kB with headings, text, a list and code. */
function pageText(random: Random, index: number): string {
  const words = (count: number): string =>
    Array.from({ length: count }, () => nameOf(random, 0).replace(/[-_.]/g, ' ')).join(' ');
  const sections = Array.from(
    { length: SECTIONS - 1 },
    (_, section) => `## ${words(2)} ${section}

${words(20)}. See [another page](page-1.md) and \`run-${index}\`.

- ${words(4)}
- **${words(3)}**

\`\`\`bash
deploy --service ${index}
\`\`\`
`,
  );
  return `# ${words(2)} ${index}\n\n${words(30)}.\n\n${sections.join('\n')}`;
}
