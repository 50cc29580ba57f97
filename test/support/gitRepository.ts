import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A real git repository in a folder, for tests of code that reads commits. */
export class TestRepository {
  readonly folder: string;

  /** @param folder - absolute path; created if needed */
  constructor(folder: string, ...options: readonly string[]) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    const gitFolder = join(folder, '.git');
    // Copying files is faster than starting a process.
    if (options.length === 0 && !existsSync(gitFolder)) {
      cpSync(emptyGitFolder(), gitFolder, { recursive: true });
    } else {
      this.git('init', ...INIT, ...options);
    }
  }

  /** Runs git in the repository with a fixed identity. Returns its output. */
  git(...args: readonly string[]): string {
    return this.gitReading('', ...args);
  }

  /** Runs git with an input. */
  gitReading(input: string | Uint8Array, ...args: readonly string[]): string {
    const settings = [
      'user.name=Someone',
      'user.email=someone@example.com',
      'commit.gpgsign=false',
      'protocol.file.allow=always',
      // Saves a process after each commit.
      'maintenance.auto=false',
      'gc.auto=0',
    ].flatMap(setting => ['-c', setting]);
    return execFileSync('git', [...settings, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: '2024-01-01T00:00:00Z',
        GIT_COMMITTER_DATE: '2024-01-01T00:00:00Z',
      },
    }).trim();
  }

  /** Writes a tree of arbitrary modes, names and ids, also invalid ones; returns its id. */
  forgeTree(entries: readonly (readonly [mode: string, name: string, oid: string])[]): string {
    const tree = entries.flatMap(([mode, name, oid]) => [
      Buffer.from(`${mode} ${name}\0`),
      Buffer.from(oid, 'hex'),
    ]);
    return this.gitReading(
      Buffer.concat(tree),
      ...['hash-object', '-t', 'tree', '--literally', '-w', '--stdin'],
    );
  }

  /** Commits a tree to the branch `main`; returns the commit's id. */
  commitTree(tree: string): string {
    const commit = this.git('commit-tree', '-m', 'A change', tree);
    this.git('update-ref', 'refs/heads/main', commit);
    return commit;
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  remove(...paths: readonly string[]): void {
    for (const path of paths) rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  /** Writes files and commits everything; returns the commit's id. */
  commit(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'A change');
    return this.#head();
  }

  /** Returns the result of git's rev-parse, without a process if a branch is checked out. */
  #head(): string {
    try {
      const head = readFileSync(join(this.folder, '.git/HEAD'), 'utf8').trim();
      return readFileSync(join(this.folder, '.git', head.replace('ref: ', '')), 'utf8').trim();
    } catch {
      return this.git('rev-parse', 'HEAD');
    }
  }
}

/** Creates a repository whose branch has one commit, with `a.yaml`. It takes no process, except the first time. */
export function committedRepository(folder: string): TestRepository {
  if (committedFolder === undefined) {
    committedFolder = temporaryFolder();
    new TestRepository(committedFolder).commit({ 'a.yaml': 'a: 1\n' });
  }
  cpSync(committedFolder, folder, { recursive: true });
  return new TestRepository(folder);
}

const INIT = ['--quiet', '--initial-branch=main'];

/** Default identity, for tests that can't configure one. */
const temporary = tmpdir();
let emptyFolder: string | undefined;
let committedFolder: string | undefined;

/** Creates a folder that is deleted when the process exits. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(temporary, 'callboard-git-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The `.git` of an empty repository, created once for all tests of a process. */
function emptyGitFolder(): string {
  if (emptyFolder !== undefined) return emptyFolder;
  const folder = temporaryFolder();
  execFileSync('git', ['init', ...INIT, folder], {
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    stdio: 'pipe',
  });
  return (emptyFolder = join(folder, '.git'));
}

/** Runs git in a folder. @returns its output */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trimEnd();
}
