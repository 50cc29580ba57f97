import { describe, expect, it } from 'vitest';
import { Emitter, type Logger, silentLogger } from '../../../../../../src/base';
import type { IndexState } from '../../../../../../src/features/catalog/core/workspace/catalogIndex';
import { aComponent, aLocation } from '../../../../../support/descriptors';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { at, openCatalog, TestCatalog } from '../../../../../support/testCatalog';

/** Collects the log's lines. */
function aLog(): { logger: Logger; lines: string[] } {
  const lines: string[] = [];
  const logger = {
    ...silentLogger,
    warn: (message: string) => void lines.push(message),
    error: (message: string) => void lines.push(message),
  };
  return { logger, lines };
}

class Locked extends InMemoryFileSystem {
  isLocked = true;

  override async readDirectory(uri: string): ReturnType<InMemoryFileSystem['readDirectory']> {
    if (this.isLocked && uri === at('locked')) throw new Error('EACCES: permission denied');
    return super.readDirectory(uri);
  }
}

describe('Unreadable folder', () => {
  it('is reported and logged until it is readable', async () => {
    const { logger, lines } = aLog();
    const fileSystem = new Locked();
    const catalog = await openCatalog(
      { 'locked/x.yaml': aComponent('x'), 'y.yaml': aComponent('y') },
      { fileSystem, logger },
    );
    expect(catalog.refs()).toEqual(['component:default/y']);
    expect(catalog.problems('locked')).toMatchObject([
      { code: 'folder-unreadable', severity: 'warning', file: at('locked') },
    ]);
    expect(catalog.messages('locked')[0]).toContain('callboard.catalog.exclude');
    expect(lines).toEqual([expect.stringContaining(at('locked'))]);
    await catalog.write({ 'y.yaml': aComponent('y') });
    expect(catalog.codes('locked')).toEqual(['folder-unreadable']);
    fileSystem.isLocked = false;
    await catalog.engine.applyChanges([{ type: 'changed', uri: at('locked') }]);
    expect(catalog.codes('locked')).toEqual([]);
    expect(catalog.refs()).toEqual(['component:default/x', 'component:default/y']);
  });
});

/** Fails to read some files. */
class Broken extends InMemoryFileSystem {
  readonly #name: string;

  constructor(name: string) {
    super();
    this.#name = name;
  }

  override async readFile(uri: string): Promise<Uint8Array> {
    if (uri.endsWith(this.#name)) throw new Error('EIO: i/o error');
    return super.readFile(uri);
  }
}

it.each([
  ['.git/config', 'links to the Git host are missing: EIO'],
  ['.git/HEAD', 'links to the Git host are missing: EIO'],
  ['x.yaml', "Can't read this file: EIO"],
])("logs a file that can't be read: %s", async (name, message) => {
  const { logger, lines } = aLog();
  await openCatalog(
    {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/config': '[remote "origin"]\n  url = https://github.com/acme/shop\n',
      'x.yaml': aComponent('x'),
    },
    { fileSystem: new Broken(name), logger },
  );
  expect(lines).toEqual([expect.stringContaining(at(name))]);
  expect(lines[0]).toContain(message);
});

describe('Unusable .gitignore', () => {
  it.each([
    ['unreadable', '*.md\n', 'EACCES: permission denied'],
    ['too large', '#'.repeat(300_000), 'it is too large'],
  ])('is logged: %s', async (_, text, reason) => {
    class Unread extends InMemoryFileSystem {
      override async readFile(uri: string): Promise<Uint8Array> {
        if (text.length < 10 && uri.endsWith('.gitignore')) throw new Error(reason);
        return super.readFile(uri);
      }
    }
    const { logger, lines } = aLog();
    const files = { 'a/.gitignore': text, 'a/x.yaml': aComponent('x') };
    const catalog = await openCatalog(files, { fileSystem: new Unread(), logger });
    expect(catalog.refs()).toEqual(['component:default/x']);
    expect(lines).toEqual([`The rules of ${at('a/.gitignore')} are not used: ${reason}`]);
  });
});

describe('Location target in an unreadable folder', () => {
  /** Like Node on a real disk: the folder appears empty. */
  class Secret extends InMemoryFileSystem {
    override async stat(uri: string): ReturnType<InMemoryFileSystem['stat']> {
      return uri.startsWith(at('secret/')) ? undefined : super.stat(uri);
    }

    override async readFile(uri: string): Promise<Uint8Array> {
      if (uri.startsWith(at('secret/'))) throw denied();
      return super.readFile(uri);
    }

    override async readDirectory(uri: string): ReturnType<InMemoryFileSystem['readDirectory']> {
      if (uri === at('secret')) throw denied();
      return super.readDirectory(uri);
    }
  }
  const denied = (): Error =>
    Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });

  it.each(['./secret/x.yaml', './secret/*.yaml'])('is reported as unreadable: %s', async target => {
    const fileSystem = new Secret();
    const catalog = await openCatalog(
      { 'l.yaml': aLocation('l', target), 'secret/x.yaml': aComponent('x') },
      { fileSystem },
    );
    expect(catalog.codes('l.yaml')).toEqual(['location-not-read']);
    expect(catalog.messages('l.yaml')[0]).toContain("permissions don't allow it");
  });

  it('is reported as missing if the folder is readable', async () => {
    const files = { 'l.yaml': aLocation('l', './open/x.yaml'), 'open/y.yaml': aComponent('y') };
    expect((await openCatalog(files)).codes('l.yaml')).toEqual(['location-target-missing']);
  });
});

describe('Unreadable source', () => {
  it('is reported and logged until it is readable', async () => {
    const { logger, lines } = aLog();
    const catalog = new TestCatalog({ logger });
    await catalog.engine.refresh();
    const changed = new Emitter<undefined>();
    const state: IndexState = {
      files: new Map(),
      origins: new Map(),
      reachedBy: new Map(),
      leadsTo: () => false,
      unreadTargets: [],
    };
    let isBroken = true;
    catalog.engine.addSource({
      id: 'acme',
      name: 'acme',
      reportsProblems: true,
      isPartial: false,
      allow: [],
      onDidChange: changed.event,
      read: async () => {
        if (isBroken) throw new Error('the copy is broken');
        return state;
      },
      displayPath: uri => uri,
    });
    await catalog.engine.sourcesRead();
    expect(catalog.takeEvents()).toHaveLength(1);
    expect(catalog.problems()).toMatchObject([
      { code: 'source-not-read', message: expect.stringContaining('the copy is broken') as string },
    ]);
    expect(lines).toEqual(['The source acme could not be read']);
    isBroken = false;
    changed.fire(undefined);
    await catalog.engine.sourcesRead();
    expect(catalog.problems()).toEqual([]);
  });
});
