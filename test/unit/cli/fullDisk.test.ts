import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { builtProgram } from '../../support/builtProgram';
import { aComponent } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { hasSmallDisks, SmallDisk } from '../../support/smallDisk';
import { servedComponent, StandInBackstage } from '../../support/standInBackstage';

// Where there are no disks for tests, it is said that these did not run.
describe.skipIf(!hasSmallDisks)('a full disk', () => {
  let program: string;
  let disk: SmallDisk;
  let work: string;

  beforeAll(async () => {
    program = await builtProgram();
  });

  beforeEach(() => {
    disk = new SmallDisk('4m');
    work = mkdtempSync(join(tmpdir(), 'callboard-'));
    onTestFinished(() => {
      disk.dispose();
      rmSync(work, { recursive: true });
    });
  });

  /** The names of the entities of a source, with what was said about it. */
  async function namesOf(source: string): Promise<{ names: string[]; said: string; code: number }> {
    const { stdout, stderr, code } = await disk.run(
      [process.execPath, program, 'entities', work, '--format', 'json', '--source', source],
      { CALLBOARD_CACHE_DIR: join(disk.folder, 'cache'), PATH: process.env.PATH ?? '', HOME: work },
    );
    const { entities = [] } = (stdout ? JSON.parse(stdout) : {}) as {
      entities?: { entity: { kind: string; metadata: { name: string } } }[];
    };
    const components = entities.filter(({ entity }) => entity.kind === 'Component');
    return { names: components.map(({ entity }) => entity.metadata.name), said: stderr, code };
  }

  it('keeps the copy of a repository, says what to do, and goes on once there is room', async () => {
    const repository = new TestRepository(join(work, '../', `${work}-repository`));
    onTestFinished(() => rmSync(repository.folder, { recursive: true }));
    const source = `git+file://${repository.folder}`;
    repository.commit({ 'a.yaml': aComponent('a') });
    const first = await namesOf(source);
    await disk.fill();
    repository.commit({ 'b.yaml': aComponent('b') });
    const full = await namesOf(source);
    await disk.clear();
    const again = await namesOf(source);
    expect({ first: first.names, full, again: again.names }).toEqual({
      first: ['a'],
      full: {
        names: ['a'],
        said: expect.stringMatching(/Free up disk space/) as string,
        code: 0,
      },
      again: ['a', 'b'],
    });
  });

  it('says so where a repository does not fit, behind all that git shows of its progress', async () => {
    const repository = new TestRepository(join(work, '../', `${work}-repository`));
    onTestFinished(() => rmSync(repository.folder, { recursive: true }));
    repository.commit({
      'a.yaml': aComponent('a'),
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [`${i}.bin`, randomBytes(30_000)]),
      ),
    });
    const { names, said } = await namesOf(`git+file://${repository.folder}`);
    expect(names).toEqual([]);
    expect(said).toContain("Can't write the cached copy: write error: No space left on device");
    expect(said).not.toMatch(/Receiving|Counting|remote:|\r/);
  });

  it('does the same with a Backstage', async () => {
    const server = await new StandInBackstage([servedComponent('a')]).listen();
    onTestFinished(() => server.close());
    const source = `backstage+${server.url}`;
    const first = await namesOf(source);
    await disk.fill();
    server.entities.push(servedComponent('b'));
    const full = await namesOf(source);
    await disk.clear();
    const again = await namesOf(source);
    expect({ first: first.names, full, again: again.names }).toEqual({
      first: ['a'],
      full: { names: ['a'], said: expect.stringMatching(/Free up disk space/) as string, code: 0 },
      again: ['a', 'b'],
    });
  });
});
