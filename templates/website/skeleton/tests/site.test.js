import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const site = fileURLToPath(new URL('../site', import.meta.url));
const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(path =>
  path.endsWith('.html'),
);

for (const page of pages) {
  describe(page, () => {
    const html = readFileSync(join(site, page), 'utf8');

    it('links to existing files', () => {
      const targets = [...html.matchAll(/\s(?:href|src)="([^"#?]+)/g)].map(([, target]) => target);
      const missing = targets.filter(target => {
        if (/^[a-z]+:|^\/\//i.test(target)) return false;
        const folder = target.startsWith('/') ? site : dirname(join(site, page));
        return !existsSync(join(folder, decodeURI(target)));
      });
      assert.deepEqual(missing, []);
    });

    it('has a language, a title and one heading', () => {
      assert.match(html, /<html lang="[\w-]+">/);
      assert.match(html, /<title>[^<]+<\/title>/);
      assert.equal([...html.matchAll(/<h1[\s>]/g)].length, 1);
    });
  });
}
