import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inProject } from '../../scripts/lib/project.mjs';
import { buildDocs, readFolderSite, writeDocs } from '../../src/features/techdocs/core';
import { loadOutputs, NodeClock, NodeFileSystem, pathToFileUri } from '../../src/platform/node';
import { writeFiles } from './folders';

/** Folder with a subfolder of docs per entity, for a Backstage: `techdocs.publisher.local.publishDirectory`. */
export function publishFolder(): string {
  return mkdtempSync(join(tmpdir(), 'callboard-published-'));
}

/** Builds the site of a project for an entity. @param place - `default/component/shop` */
export async function publishDocs(
  folder: string,
  place: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const project = mkdtempSync(join(tmpdir(), 'callboard-docs-'));
  writeFiles(project, files);
  const deps = { fileSystem: new NodeFileSystem(), clock: new NodeClock() };
  const site = await readFolderSite(pathToFileUri(project), { ...deps, environment: new Map() });
  if (!site) throw new Error('This is no project with docs.');
  const theme = pathToFileUri(inProject('test/fixtures/techdocs/theme'));
  const built = await buildDocs(site, { ...deps, theme }, { time: 86_400_000 });
  const { NodeOutputFolder } = await loadOutputs();
  mkdirSync(join(folder, dirname(place)), { recursive: true });
  await writeDocs(built, new NodeOutputFolder(join(folder, place)));
}
