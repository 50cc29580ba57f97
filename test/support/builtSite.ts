import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describeBuild, type DescribedBuild } from '../../scripts/lib/describeBuild.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { buildDocs, readFolderSite, writeDocs } from '../../src/features/techdocs/core';
import { loadOutputs, NodeClock, NodeFileSystem, pathToFileUri } from '../../src/platform/node';

/** Builds the site of a `mkdocs.yml`; undefined if the config has errors. */
export async function buildOnDisk(config: string): Promise<DescribedBuild | undefined> {
  const deps = { fileSystem: new NodeFileSystem(), clock: new NodeClock() };
  const folder = pathToFileUri(dirname(config));
  const site = await readFolderSite(folder, { ...deps, environment: new Map() });
  if (!site || site.content.problems.some(({ severity }) => severity === 'error')) return undefined;
  const theme = pathToFileUri(inProject('test/fixtures/techdocs/theme'));
  const built = await buildDocs(site, { ...deps, theme }, { time: 0 });
  const { NodeOutputFolder } = await loadOutputs();
  const out = mkdtempSync(join(tmpdir(), 'callboard-build-'));
  try {
    await writeDocs(built, new NodeOutputFolder(join(out, 'site')));
    return describeBuild(join(out, 'site'));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/**
 * Returns the differences between a build and that of MkDocs.
 *
 * @param options.texts - whether to compare the texts of the index; false if MkDocs lacks an extension
 */
export function buildDifferences(
  expected: DescribedBuild,
  actual: DescribedBuild,
  { texts = true }: { readonly texts?: boolean } = {},
): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
    if (left !== right) found.push(`${what}: ${left} here ${right}`);
  };
  compare('files', expected.files, actual.files);
  // MkDocs alone doesn't name the engine: the backend adds it.
  compare('metadata', { ...expected.metadata, engine: 'mkdocs' }, actual.metadata);
  compare('search config', expected.searchConfig, actual.searchConfig);
  const locations = new Set([...expected.search, ...actual.search].map(entry => entry.location));
  for (const wanted of locations) {
    // Pages with the same address have an entry each, although only the last is built.
    const at = (entries: DescribedBuild['search']): readonly string[] =>
      entries
        .filter(({ location }) => location === wanted)
        .map(({ title, text }) => JSON.stringify([title, ...(texts ? [text] : [])]))
        .sort();
    compare(`search ${wanted}`, at(expected.search), at(actual.search));
  }
  for (const [path, page] of Object.entries(expected.pages)) {
    const here = actual.pages[path];
    for (const [key, value] of Object.entries(page)) {
      compare(`${path} ${key}`, value, here?.[key as keyof typeof page]);
    }
  }
  return found;
}
