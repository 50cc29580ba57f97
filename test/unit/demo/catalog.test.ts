import { beforeAll, expect, it } from 'vitest';
import { silentLogger } from '../../../src/base';
import { CatalogEngine } from '../../../src/features/catalog/core';
import { NodeClock, NodeFileSystem, pathToFileUri } from '../../../src/platform/node';
import { DEMO, isPlayground } from './demoFiles';

/*
 * Problems of the demo in the editor. The other tests of this folder use Backstage's own code.
 */

const root = pathToFileUri(DEMO);
const engine = new CatalogEngine({
  fileSystem: new NodeFileSystem(),
  clock: new NodeClock(),
  logger: silentLogger,
});
beforeAll(async () => {
  engine.setRoots([{ uri: root, name: 'demo' }]);
  await engine.refresh();
});

/** `path code: message` of the errors. */
function errors(isWanted: (path: string) => boolean): readonly string[] {
  return engine.getProblems().flatMap(({ severity, code, file = root, message }) => {
    const path = file.slice(root.length + 1);
    return severity === 'error' && isWanted(path) ? [`${path} ${code}: ${message}`] : [];
  });
}

it('has no errors outside the playground', () => {
  expect(engine.getEntityRefs().length).toBeGreaterThanOrEqual(55);
  expect(errors(path => !isPlayground(path))).toEqual([]);
});

it('has errors in the playground', () => {
  expect(errors(isPlayground).length).toBeGreaterThan(3);
});
