import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { TestRepository } from './gitRepository';

/** Hooks that one of Callboard's git commands could start. */
const HOOKS = [
  'post-checkout',
  'post-commit',
  'post-index-change',
  'post-merge',
  'post-receive',
  'post-update',
  'pre-auto-gc',
  'pre-commit',
  'pre-push',
  'pre-receive',
  'push-to-checkout',
  'reference-transaction',
  'update',
];

/** Programs that create a file when they run. */
export class Traps {
  readonly #marks: string;
  readonly #programs: string;

  /** @param folder - an absolute path */
  constructor(folder: string) {
    this.#marks = join(folder, 'marks');
    this.#programs = join(folder, 'programs');
    for (const path of [this.#marks, this.#programs]) mkdirSync(path, { recursive: true });
  }

  /** Names of the programs that have run. */
  get sprung(): readonly string[] {
    return readdirSync(this.#marks).sort();
  }

  /** Forgets which programs have run. */
  reset(): void {
    for (const name of this.sprung) rmSync(join(this.#marks, name));
  }

  /** Returns the path of a program, which contains no character that a shell reads. */
  program(name: string): string {
    const path = join(this.#programs, name);
    if (!existsSync(path)) {
      writeFileSync(path, `#!/bin/sh\n: > '${join(this.#marks, name)}'\n`);
      chmodSync(path, 0o755);
    }
    return path;
  }
}

/** A setting by which a repository can make git run a program. */
export interface HostilePlant {
  /** Its name in the table of docs/threat-model.md. */
  readonly name: string;
  readonly plant: (repository: TestRepository, traps: Traps) => void;
  /**
   * Runs plain git, which runs the program: this shows that the trap works. Undefined if no git without a terminal
   * does.
   */
  readonly victim?: (repository: TestRepository) => unknown;
  /** First version of git with the setting: `2.54`. */
  readonly since?: string;
}

const runs =
  (...args: readonly string[]) =>
  (repository: TestRepository): unknown =>
    repository.git(...args);

/** Sets `NAME=VALUE` in the repository's configuration; `TRAP` is replaced by a program. */
const sets =
  (...lines: readonly string[]): HostilePlant['plant'] =>
  (repository, traps) => {
    const texts = lines.map(line =>
      settingText(line.replaceAll('TRAP', traps.program('settings'))),
    );
    appendFileSync(join(repository.folder, '.git/config'), texts.join(''));
  };

/** Returns `NAME=VALUE` as in a file of settings. */
function settingText(line: string): string {
  const [, section, subsection = '', key, value = ''] = /^(.+?)\.(?:(.+)\.)?(.+)=(.*)$/.exec(line)!;
  const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
  return `[${section}${subsection && ` ${quoted(subsection)}`}]\n\t${key} = ${quoted(value)}\n`;
}

/** Sets attributes for all files, and changes a file so that git compares contents. */
function attribute(repository: TestRepository, attributes: string): void {
  repository.write({ '.git/info/attributes': `* ${attributes}\n`, 'a.yaml': 'b: 2\n' });
}

const drives =
  (attributes: string, ...lines: readonly string[]): HostilePlant['plant'] =>
  (repository, traps) => {
    sets(...lines)(repository, traps);
    attribute(repository, attributes);
  };

/** Deletes an object that another repository promises. */
const promises =
  (...lines: readonly string[]): HostilePlant['plant'] =>
  (repository, traps) => {
    const oid = repository.git('rev-parse', 'HEAD^{tree}');
    sets(
      'core.repositoryFormatVersion=1',
      'extensions.partialClone=evil',
      'remote.evil.promisor=true',
      'protocol.allow=always',
      ...lines,
    )(repository, traps);
    repository.remove(`.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`);
  };

const ALIASES = [
  'cat-file',
  'config',
  'diff-tree',
  'fetch',
  'log',
  'ls-remote',
  'ls-tree',
  'merge-base',
  'push',
  'receive-pack',
  'rev-parse',
  'status',
  'update-ref',
  'upload-pack',
  'x',
];

export const HOSTILE_PLANTS: readonly HostilePlant[] = [
  {
    name: 'hooks',
    plant: (repository, traps) =>
      plantHooks(join(repository.folder, '.git/hooks'), traps.program('hooks')),
    victim: runs('update-ref', 'refs/heads/x', 'HEAD'),
  },
  {
    name: 'core.hooksPath',
    plant(repository, traps) {
      const folder = join(repository.folder, 'own-hooks');
      plantHooks(folder, traps.program('hooks-path'));
      repository.git('config', 'core.hooksPath', folder);
    },
    victim: runs('update-ref', 'refs/heads/x', 'HEAD'),
  },
  {
    name: 'hook.*.command',
    plant: sets(
      ...["hook.it's a=b.c.command=TRAP", 'hook.d.command=TRAP'],
      ...HOOKS.flatMap(name => [`hook.it's a=b.c.event=${name}`, `hook.d.event=${name}`]),
    ),
    victim: runs('update-ref', 'refs/heads/x', 'HEAD'),
    since: '2.54',
  },
  {
    name: 'core.fsmonitor',
    plant: sets('core.fsmonitor=TRAP'),
    victim: runs('status'),
  },
  {
    name: 'core.pager, pager.*',
    plant: sets('core.pager=TRAP', 'pager.log=TRAP', 'pager.config=TRAP', 'pager.status=TRAP'),
  },
  {
    name: 'alias.*',
    plant: sets(...ALIASES.map(name => `alias.${name}=!TRAP`)),
    victim: runs('x'),
  },
  {
    name: 'gpg.program',
    plant(repository, traps) {
      sets(
        'log.showSignature=true',
        ...['gpg.program', 'gpg.openpgp.program', 'gpg.ssh.program', 'gpg.x509.program'].map(
          name => `${name}=TRAP`,
        ),
        ...['commit.gpgSign=true', 'push.gpgSign=true', 'tag.gpgSign=true'],
      )(repository, traps);
      const signature = '-----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----';
      const [head = '', ...body] = repository.git('cat-file', 'commit', 'HEAD').split('\n\n');
      const text = `${head}\ngpgsig ${signature}\n\n${body.join('\n\n')}\n`;
      const commit = repository.gitReading(text, 'hash-object', '-t', 'commit', '-w', '--stdin');
      repository.git('update-ref', 'refs/heads/main', commit);
    },
    victim: runs('log', '-1'),
  },
  {
    name: 'diff.external',
    plant: drives('diff', 'diff.external=TRAP'),
    victim: runs('diff'),
  },
  {
    name: 'diff.*.textconv, diff.*.command',
    plant: drives('diff=trap', 'diff.trap.textconv=TRAP', 'diff.trap.command=TRAP'),
    victim: runs('diff'),
  },
  {
    name: 'filter.*.clean',
    plant: drives('filter=trap', 'filter.trap.clean=TRAP', 'filter.trap.required=true'),
    victim: runs('status'),
  },
  {
    name: 'filter.*.clean under a name with dots, quotes and "="',
    plant: drives(`filter=it's.a=b"c`, `filter.it's.a=b"c.clean=TRAP`),
    victim: runs('status'),
  },
  {
    name: 'filter.*.process',
    plant: drives('filter=trap', 'filter.trap.process=TRAP', 'filter.trap.required=true'),
    victim: runs('status'),
  },
  {
    name: 'filter.*.smudge',
    plant: drives('filter=trap', 'filter.trap.smudge=TRAP'),
    victim: runs('checkout', '--force', 'HEAD', '--', 'a.yaml'),
  },
  {
    name: 'merge.*.driver',
    plant(repository, traps) {
      sets('merge.trap.driver=TRAP', 'merge.default=trap')(repository, traps);
      repository.git('checkout', '--quiet', '-b', 'other');
      repository.commit({ 'a.yaml': 'other: 1\n' });
      repository.git('checkout', '--quiet', 'main');
      repository.commit({ 'a.yaml': 'main: 1\n' });
      repository.write({ '.git/info/attributes': '* merge=trap\n' });
    },
    victim: runs('merge', 'other'),
  },
  {
    name: 'credential.helper',
    plant: sets('credential.helper=TRAP'),
    victim: fills,
  },
  {
    name: 'core.askPass',
    plant: sets('core.askPass=TRAP'),
    victim: fills,
  },
  {
    name: 'core.editor, sequence.editor',
    plant: sets('core.editor=TRAP', 'sequence.editor=TRAP'),
    victim: runs('commit', '--amend'),
  },
  {
    name: 'core.sshCommand',
    plant: sets('core.sshCommand=TRAP', 'ssh.variant=simple'),
    victim: runs('ls-remote', 'ssh://git.example.com/x'),
  },
  {
    name: 'core.gitProxy',
    plant: sets('core.gitProxy=TRAP'),
    victim: runs('ls-remote', 'git://git.example.com/x'),
  },
  {
    name: 'url.*.insteadOf',
    plant: sets(
      'protocol.allow=always',
      ...['/', 'file:', 'https:', 'ssh:'].map(start => `url.ext::TRAP .insteadOf=${start}`),
      ...['/', 'file:', 'https:', 'ssh:'].map(start => `url.ext::TRAP .pushInsteadOf=${start}`),
    ),
    victim: runs('ls-remote', 'https://git.example.com/x'),
  },
  {
    name: 'remote.*.uploadpack, remote.*.receivepack',
    plant: sets(
      ...['origin', 'callboard', '.'].flatMap(name => [
        `remote.${name}.url=.`,
        `remote.${name}.uploadpack=TRAP`,
        `remote.${name}.receivepack=TRAP`,
      ]),
    ),
    victim: runs('ls-remote', 'callboard'),
  },
  {
    name: 'remote.*.vcs',
    plant: sets('protocol.allow=always', 'remote.origin.vcs=ext', 'remote.origin.url=TRAP'),
    victim: runs('ls-remote', 'origin'),
  },
  {
    name: 'a promisor by ext::',
    plant: promises('remote.evil.url=ext::TRAP'),
    victim: runs('ls-tree', 'HEAD'),
  },
  {
    name: 'a promisor by ssh',
    plant: promises('remote.evil.url=ssh://git.example.com/x', 'core.sshCommand=TRAP'),
    victim: runs('ls-tree', 'HEAD'),
  },
  {
    name: 'a promisor by a path, with its own upload-pack',
    plant: promises('remote.evil.url=.', 'remote.evil.uploadpack=TRAP'),
    victim: runs('ls-tree', 'HEAD'),
  },
  {
    name: 'uploadpack.packObjectsHook',
    plant: sets('uploadpack.packObjectsHook=TRAP'),
  },
  {
    name: 'core.alternateRefsCommand',
    plant(repository, traps) {
      sets('core.alternateRefsCommand=TRAP')(repository, traps);
      const other = `${repository.folder}-alternate`;
      repository.git('clone', '--quiet', '--bare', '.', other);
      repository.write({ '.git/objects/info/alternates': `${other}/objects\n` });
    },
    victim: repository => repository.gitReading('0000', 'receive-pack', '.'),
  },
  {
    name: 'gc.recentObjectsHook',
    plant: sets(
      ...['gc.recentObjectsHook=TRAP', 'gc.auto=1', 'gc.autoDetach=false', 'receive.autogc=true'],
      ...['maintenance.auto=true', 'maintenance.autoDetach=false'],
    ),
    victim(repository) {
      repository.gitReading('lost', 'hash-object', '-w', '--stdin');
      repository.git('gc', '--cruft', '--prune=now');
    },
  },
  {
    name: 'include.path',
    plant(repository, traps) {
      repository.write({
        'more.config': `[core]\n\tfsmonitor = ${traps.program('included')}\n`,
      });
      repository.git('config', 'include.path', '../more.config');
    },
    victim: runs('status'),
  },
  {
    name: 'settings of a submodule',
    plant(repository, traps) {
      const folder = join(repository.folder, 'sub');
      const sub = new TestRepository(folder);
      sub.commit({ 'a.yaml': 'a: 1\n' });
      repository.commit();
      sets('core.fsmonitor=TRAP', 'core.sshCommand=TRAP')(sub, traps);
      plantHooks(join(folder, '.git/hooks'), traps.program('hooks'));
    },
    victim: runs('status'),
  },
];

function fills(repository: TestRepository): unknown {
  return repository.gitReading('protocol=https\nhost=git.example.com\n\n', 'credential', 'fill');
}

/** Puts hooks into a folder, all of which run a program. */
export function plantHooks(folder: string, program: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of HOOKS) {
    writeFileSync(join(folder, name), `#!/bin/sh\nexec '${program}' "$@"\n`);
    chmodSync(join(folder, name), 0o755);
  }
}
