import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SearchCollator, SearchDocument } from '../../../../src/api';
import { pathToFileUri } from '../../../../src/platform/node';
import { aComponent, aDescriptor } from '../../../support/descriptors';
import { writeFiles } from '../../../support/folders';
import { TestRepository } from '../../../support/gitRepository';
import { useTemporaryFolder } from '../../../support/temporaryFolder';
import { callboard } from '../capture';

let folder: string;

useTemporaryFolder(path => (folder = path));

const booking = {
  'org/teams.yaml': aDescriptor('group:team-a'),
  'booking/catalog-info.yaml': aComponent('booking', {
    owner: 'team-a',
    dependsOn: ['component:fleet', 'component:none'],
  }),
  'fleet/catalog-info.yaml': aComponent('fleet', { owner: 'team-b' }),
};

interface Printed {
  readonly problems: readonly { readonly file: string; readonly message: string }[];
  readonly entities: number;
}

/** Output of `validate`. */
async function validate(path: string, cwd = folder): Promise<Printed> {
  const { stdout } = await callboard(['validate', path, '--format', 'json'], { cwd });
  return JSON.parse(stdout) as Printed;
}

const messages = ({ problems }: Printed): readonly string[] =>
  problems.map(({ file, message }) => `${file}: ${message}`);

const MISSING =
  'catalog-info.yaml: spec.dependsOn[1] refers to component:default/none, which is not in the catalog';

describe('folder below the root of a repository', () => {
  beforeEach(() => new TestRepository(folder).write(booking));

  it("is validated in the repository's context, with problems of its own files only", async () => {
    const printed = await validate('booking');
    expect(messages(printed)).toEqual([MISSING]);
    expect(printed.entities).toBe(1);
    expect(messages(await validate('.', join(folder, 'booking')))).toEqual([MISSING]);
  });

  it('lists its entities with the relations to others', async () => {
    const { stdout } = await callboard(['entities', 'booking', '--format', 'json'], {
      cwd: folder,
    });
    const { entities } = JSON.parse(stdout) as {
      entities: { entity: { metadata: { name: string } }; location: { file: string } }[];
    };
    expect(entities.map(({ entity, location }) => [entity.metadata.name, location.file])).toEqual([
      ['booking', 'catalog-info.yaml'],
    ]);
  });

  it('has a graph with entities outside of it', async () => {
    const args = ['graph', 'component:booking', 'booking', '--format', 'json'];
    const { stdout } = await callboard(args, { cwd: folder });
    const { nodes } = JSON.parse(stdout) as { nodes: { ref: string; isMissing: boolean }[] };
    expect(nodes.filter(({ isMissing }) => isMissing).map(({ ref }) => ref)).toEqual([
      'component:default/none',
    ]);
  });

  it('has dependents outside of it, with paths relative to the folder', async () => {
    const args = ['dependents', 'component:fleet', 'fleet', '--format', 'json'];
    const { stdout } = await callboard(args, { cwd: folder });
    const { dependents } = JSON.parse(stdout) as { dependents: { ref: string; file: string }[] };
    expect(dependents.map(({ ref, file }) => [ref, file])).toEqual([
      ['component:default/booking', '../booking/catalog-info.yaml'],
    ]);
  });

  describe('in a search', () => {
    const document = (path: string, title: string): SearchDocument => ({
      id: path,
      title,
      location: {
        file: pathToFileUri(join(folder, path)),
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
      },
    });

    /** Results of a search in the folder among some documents. */
    async function searchBooking(
      query: string,
      documents: readonly SearchDocument[],
      locate?: SearchCollator['locate'],
    ): Promise<{ total: number; ignored: readonly string[]; titles: readonly string[] }> {
      const { stdout } = await callboard(['search', query, 'booking', '--format', 'json'], {
        cwd: folder,
        collators: [
          {
            id: 'docs',
            title: 'Docs',
            icon: 'note',
            onDidChange: () => ({ dispose() {} }),
            getSources: async () => [{ id: 'all' }],
            collate: () => documents,
            ...(locate && { locate }),
          },
        ],
      });
      const { results, ...rest } = JSON.parse(stdout) as {
        results: { title: string }[];
        total: number;
        ignored: string[];
      };
      const { total, ignored } = rest;
      return { total, ignored, titles: results.map(({ title }) => title) };
    }

    it('is the only folder searched', async () => {
      const documents = ['booking', 'fleet'].map(name =>
        document(`${name}/docs.md`, `The ${name} service`),
      );
      expect(await searchBooking('service', documents)).toEqual({
        total: 1,
        ignored: [],
        titles: ['The booking service'],
      });
    });

    it('is searched by the current locations of documents', async () => {
      const { location } = document('booking/docs.md', '');
      const documents = [document('fleet/docs.md', 'The service')];
      expect((await searchBooking('service', documents, () => location)).total).toBe(1);
    });

    it("ignores words that its documents don't contain together, whatever other folders contain", async () => {
      const documents = [
        document('booking/docs.md', 'Set up a new service'),
        document('booking/create.md', 'Create tickets'),
        document('fleet/docs.md', 'Create a new service'),
      ];
      expect(await searchBooking('create new service', documents)).toEqual({
        total: 1,
        ignored: ['create'],
        titles: ['Set up a new service'],
      });
    });
  });

  it('is a separate catalog if git ignores it or settings exclude it', async () => {
    writeFiles(folder, { '.gitignore': 'booking\n' });
    expect(messages(await validate('booking'))).toHaveLength(3);
    writeFiles(folder, {
      '.gitignore': '',
      '.vscode/settings.json': '{ "callboard.catalog.exclude": ["booking"] }',
    });
    expect(messages(await validate('booking'))).toHaveLength(3);
  });

  it('is validated with the settings of the repository', async () => {
    writeFiles(folder, {
      '.vscode/settings.json': '{ "callboard.problems.severity": { "dangling-reference": "off" } }',
    });
    expect(messages(await validate('booking'))).toEqual([]);
  });
});

it('belongs to the surrounding folder with Callboard settings', async () => {
  writeFiles(folder, {
    ...booking,
    '.vscode/settings.json': '{ "callboard.problems.severity": {} }',
  });
  expect(messages(await validate('booking'))).toEqual([MISSING]);
});

it('is a separate catalog without a surrounding repository or settings', async () => {
  writeFiles(folder, { ...booking, '.vscode/settings.json': '{ "editor.tabSize": 2 }' });
  expect(messages(await validate('booking'))).toHaveLength(3);
});
