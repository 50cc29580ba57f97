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

// Without disks for tests, these are reported as skipped.
describe.skipIf(!hasSmallDisks)('full disk', () => {
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

  /** Names of the entities of a source, with the messages about it. */
  async function namesOf(
    source: string,
  ): Promise<{ names: string[]; messages: string; code: number }> {
    const { stdout, stderr, code } = await disk.run(
      [process.execPath, program, 'entities', work, '--format', 'json', '--source', source],
      { CALLBOARD_CACHE_DIR: join(disk.folder, 'cache'), PATH: process.env.PATH ?? '', HOME: work },
    );
    const { entities = [] } = (stdout ? JSON.parse(stdout) : {}) as {
      entities?: { entity: { kind: string; metadata: { name: string } } }[];
    };
    const components = entities.filter(({ entity }) => entity.kind === 'Component');
    return { names: components.map(({ entity }) => entity.metadata.name), messages: stderr, code };
  }

  it('keeps the copy of a repository, advises, and updates it once there is room', async () => {
    const repository = new TestRepository(join(work, '../', `${work}-repository`));
    onTestFinished(() => rmSync(repository.folder, { recursive: true }));
    const source = `git+file://${repository.folder}`;
    repository.commit({ 'a.yaml': aComponent('a') });
    const first = await namesOf(source);
    await disk.fill();
    repository.commit({ 'b.yaml': aComponent('b') });
    const full = await namesOf(source);
    await disk.clear();
    const second = await namesOf(source);
    expect({ first: first.names, full, again: second.names }).toEqual({
      first: ['a'],
      full: {
        names: ['a'],
        messages: expect.stringMatching(/Free up disk space/) as string,
        code: 0,
      },
      again: ['a', 'b'],
    });
  });

  it("reports a repository that does not fit, without git's progress", async () => {
    const repository = new TestRepository(join(work, '../', `${work}-repository`));
    onTestFinished(() => rmSync(repository.folder, { recursive: true }));
    repository.commit({
      'a.yaml': aComponent('a'),
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [`${i}.bin`, randomBytes(30_000)]),
      ),
    });
    const { names, messages } = await namesOf(`git+file://${repository.folder}`);
    expect(names).toEqual([]);
    expect(messages).toContain("Can't write the cached copy: write error: No space left on device");
    expect(messages).not.toMatch(/Receiving|Counting|remote:|\r/);
  });

  it('keeps the copy of a Backstage and updates it once there is room', async () => {
    const server = await new StandInBackstage([servedComponent('a')]).listen();
    onTestFinished(() => server.close());
    const source = `backstage+${server.url}`;
    const first = await namesOf(source);
    await disk.fill();
    server.entities.push(servedComponent('b'));
    const full = await namesOf(source);
    await disk.clear();
    const second = await namesOf(source);
    expect({ first: first.names, full, again: second.names }).toEqual({
      first: ['a'],
      full: {
        names: ['a'],
        messages: expect.stringMatching(/Free up disk space/) as string,
        code: 0,
      },
      again: ['a', 'b'],
    });
  });
});
