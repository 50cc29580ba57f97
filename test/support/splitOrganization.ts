import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { inProject } from '../../scripts/lib/project.mjs';
import { buildDocs, readFolderSite, writeDocs } from '../../src/features/techdocs/core';
import { loadOutputs, NodeClock, NodeFileSystem, pathToFileUri } from '../../src/platform/node';
import { type BackstageServer, startBackstage } from './backstageServer';
import { TestRepository } from './gitRepository';
import { GitHttpServer } from './gitServer';

/** The demo split like a company's catalog: repositories served by git, and a Backstage with the rest. */
export interface SplitOrganization {
  /** All parts, as in `callboard.catalog.sources`. */
  readonly sources: readonly object[];
  readonly git: GitHttpServer;
  readonly backstage: BackstageServer;
  stop(): Promise<void>;
}

/** Parts of the demo that are repositories; the workspace is `welcome`. */
const REPOSITORIES = ['booking', 'timetable', 'fleet'];

/** Entities that only the Backstage has. */
const SERVED = ['org', 'platform/platform.yaml', 'harbour', 'handbook'];

const ALL = `
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: skerry-line }
spec:
  type: file
  targets:
    - ./org/*.yaml
    - ./platform/platform.yaml
    - ./harbour/catalog-info.yaml
    - ./handbook/catalog-info.yaml
    - ./notes/template.yaml
`;

/** A Template without network access. */
const TEMPLATE = `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: harbour-note
  title: Harbour Note
  description: Tells a pier what to do
spec:
  owner: team-harbour
  type: note
  parameters:
    - title: The note
      required: [pier]
      properties:
        pier: { title: Pier, type: string, 'ui:autofocus': true }
  steps:
    - id: say
      name: Say it
      action: debug:log
      input:
        message: 'To the pier of \${{ parameters.pier }}: cast off'
  output:
    text:
      - title: Said
        content: 'Noted for \${{ parameters.pier }}'
`;

/** @param name - name of the Backstage's log */
export async function startSplitOrganization(name: string): Promise<SplitOrganization> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-split-')));
  for (const repository of REPOSITORIES) {
    const path = join(folder, repository);
    const testRepository = new TestRepository(path);
    cpSync(inProject('demo', repository), path, { recursive: true });
    testRepository.commit();
  }
  const published = join(folder, 'published');
  await publishDocs(inProject('demo', 'handbook'), join(published, 'default/component/handbook'));
  const git = await GitHttpServer.start(folder);
  const backstage = await startBackstage({
    name,
    files: { ...filesOfDemo(), 'all.yaml': ALL, 'notes/template.yaml': TEMPLATE },
    config: {
      techdocs: {
        builder: 'external',
        generator: { runIn: 'local' },
        publisher: { type: 'local', local: { publishDirectory: published } },
      },
    },
  });
  const sources = [
    ...REPOSITORIES.map(repository => ({
      type: 'git',
      url: git.url(`${repository}/.git`),
      name: titleOf(repository),
    })),
    {
      type: 'backstage',
      url: backstage.url,
      name: 'Skerry Backstage',
      color: 'charts.green',
      allow: ['*', 'User', 'Group', 'Template'],
    },
  ];
  const stop = async (): Promise<void> => {
    await Promise.all([git.stop(), backstage.kill()]);
    rmSync(folder, { recursive: true, force: true });
  };
  return { sources, git, backstage, stop };
}

/** Files of the Backstage by path. */
function filesOfDemo(): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const part of SERVED) {
    for (const path of filesBelow(inProject('demo', part))) {
      files[relative(inProject('demo'), path).replaceAll('\\', '/')] = readFileSync(path, 'utf8');
    }
  }
  return files;
}

function filesBelow(path: string): readonly string[] {
  if (path.endsWith('.yaml')) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

/** Publishes docs like a company's pipeline, for TechDocs. */
async function publishDocs(source: string, target: string): Promise<void> {
  const deps = { fileSystem: new NodeFileSystem(), clock: new NodeClock() };
  const site = await readFolderSite(pathToFileUri(source), { ...deps, environment: new Map() });
  if (!site) throw new Error(`There are no docs in ${source}`);
  const theme = pathToFileUri(inProject('test/fixtures/techdocs/theme'));
  const { NodeOutputFolder } = await loadOutputs();
  await writeDocs(
    await buildDocs(site, { ...deps, theme }, { time: 0 }),
    new NodeOutputFolder(target),
  );
}

const titleOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
