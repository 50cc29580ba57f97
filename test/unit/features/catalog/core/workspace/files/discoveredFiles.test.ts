import { beforeEach, describe, expect, it } from 'vitest';
import { DiscoveredFiles } from '../../../../../../../src/features/catalog/core/workspace/files/discoveredFiles';
import { TimeSlicer } from '../../../../../../../src/platform/core';
import { at } from '../../../../../../support/testCatalog';
import { TestClock } from '../../../../../../support/testClock';

describe('`DiscoveredFiles`', () => {
  let files = new DiscoveredFiles();
  beforeEach(() => {
    files = new DiscoveredFiles();
    for (const path of ['b/x.yaml', 'a.yaml', 'b/c/y.yaml']) files.add(at(path));
  });

  async function matching(folder: string, glob: string): Promise<readonly string[]> {
    const matches = await files.matching(at(folder), glob, new TimeSlicer(new TestClock()));
    return [...matches].map(uri => uri.slice(at('').length + 1));
  }

  it('lists each file once in discovery order', () => {
    expect(files.add(at('a.yaml'))).toBe(false);
    expect(files.add(at('new.yaml'))).toBe(true);
    expect([...files.uris()]).toEqual(['b/x.yaml', 'a.yaml', 'b/c/y.yaml', 'new.yaml'].map(at));
    expect(files.size).toBe(4);
  });

  it('deletes a file once', () => {
    expect(files.delete(at('a.yaml'))).toBe(true);
    expect(files.delete(at('a.yaml'))).toBe(false);
    expect(files.has(at('a.yaml'))).toBe(false);
  });

  it('matches globs relative to a folder', async () => {
    expect(await matching('b', '*.yaml')).toEqual(['b/x.yaml']);
    expect(await matching('b', '**/*.yaml')).toEqual(['b/x.yaml', 'b/c/y.yaml']);
    expect(await matching('', '*.yaml')).toEqual(['a.yaml']);
    expect(await matching('elsewhere', '**')).toEqual([]);
  });

  it('updates matches when files are added and deleted', async () => {
    await matching('b', '*.yaml');
    files.add(at('b/new.yaml'));
    files.add(at('new.yaml'));
    files.delete(at('b/x.yaml'));
    expect(await matching('b', '*.yaml')).toEqual(['b/new.yaml']);
  });

  it('rescans only for a glob that was evicted', async () => {
    const slices = new TimeSlicer(new TestClock());
    const kept = await files.matching(at('b'), '*.yaml', slices);
    const forgotten = await files.matching(at(''), '*.yaml', slices);
    files.forgetUnused();
    expect(await files.matching(at('b'), '*.yaml', slices)).toBe(kept);
    files.forgetUnused();
    const second = await files.matching(at(''), '*.yaml', slices);
    expect(second).not.toBe(forgotten);
    expect(second).toEqual(forgotten);
  });
});
