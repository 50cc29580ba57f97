import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { english, silentLogger } from '../../../../../src/base';
import { ApiDefinitions } from '../../../../../src/features/apis/plugin/definitions/apiDefinitions';
import { leavesOf } from '../../../../../src/features/apis/core/outline/outline';
import { CatalogEngine } from '../../../../../src/features/catalog/core';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../../../../src/platform/node';
import { sharedMaterial } from '../../../../support/sharedMaterial';

const corpus = sharedMaterial('corpus', 'outlines of the definitions of real APIs');

describe.runIf(corpus)('Real API definitions', () => {
  it('are all parsed, with operations linked to their lines', async () => {
    const fileSystem = new NodeFileSystem();
    let apis = 0;
    let operations = 0;
    for (const folder of foldersWithApis(corpus ?? '')) {
      const catalog = new CatalogEngine({
        fileSystem,
        clock: new NodeClock(),
        logger: silentLogger,
      });
      catalog.setRoots([{ uri: pathToFileUri(folder), name: 'corpus' }]);
      await catalog.refresh();
      const files = {
        readFile: (uri: string) => fileSystem.readFile(uri),
        exists: async (uri: string) => (await fileSystem.stat(uri)) !== undefined,
      };
      const definitions = new ApiDefinitions({ catalog, files, translate: english });
      for (const ref of catalog.getEntityRefs().filter(each => each.startsWith('api:'))) {
        apis++;
        const definition = await definitions.load(ref);
        for (const { target, label, badge } of leavesOf(definition?.outline?.operations ?? [])) {
          operations++;
          expect(target, `${ref} ${label}`).toMatchObject({ type: 'source' });
          if (target?.type !== 'source' || !target.range) continue;
          const text = new TextDecoder().decode(await fileSystem.readFile(target.file));
          const line = text.split('\n')[target.range.start.line]?.toLowerCase() ?? '';
          const names = [label, badge?.text ?? label].map(name => name.toLowerCase());
          expect(
            names.some(name => line.includes(name)),
            `${ref} ${label}: ${line}`,
          ).toBe(true);
        }
      }
      catalog.dispose();
    }
    expect(apis).toBeGreaterThan(20);
    expect(operations).toBeGreaterThan(100);
  });
});

/** The topmost folders with an API descriptor. */
function foldersWithApis(root: string): readonly string[] {
  const folders = new Set<string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    if (/^kind: API$/m.test(readFileSync(path, 'utf8'))) folders.add(dirname(path));
  }
  return [...folders].filter(
    folder => ![...folders].some(other => other !== folder && folder.startsWith(`${other}/`)),
  );
}
