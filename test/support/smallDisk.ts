import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const NAMESPACE = ['--user', '--map-root-user', '--mount'];

/** Whether this machine can mount a separate disk: it needs user namespaces. */
export const hasSmallDisks =
  spawnSync('unshare', [...NAMESPACE, 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0;

/** A real file system of a few megabytes, visible only to the commands that run on it. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'callboard-disk-'));
  readonly #outputs = mkdtempSync(join(tmpdir(), 'callboard-disk-out-'));
  readonly #shell: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  /** @param size - option of `mount`: `3m` */
  constructor(size: string) {
    this.#shell = spawn('unshare', [...NAMESPACE, 'sh']);
    this.#lines = createInterface({ input: this.#shell.stdout })[Symbol.asyncIterator]();
    this.#say(`mount -t tmpfs -o size=${size} tmpfs ${this.folder}`);
  }

  /** Runs a command on the disk. */
  async run(
    command: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    const [out, err] = [join(this.#outputs, 'out'), join(this.#outputs, 'err')];
    const words = [
      'env',
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...command,
    ];
    this.#say(`${words.map(quoted).join(' ')} > ${out} 2> ${err}; echo $?`);
    const { value } = await this.#lines.next();
    return {
      code: Number(value),
      stdout: readFileSync(out, 'utf8'),
      stderr: readFileSync(err, 'utf8'),
    };
  }

  /** Fills the disk. */
  async fill(): Promise<void> {
    await this.run(['dd', 'if=/dev/zero', `of=${this.folder}/filler`, 'bs=4k']);
  }

  /** Frees the space. */
  async clear(): Promise<void> {
    await this.run(['rm', `${this.folder}/filler`]);
  }

  dispose(): void {
    this.#shell.kill();
    for (const folder of [this.folder, this.#outputs]) rmSync(folder, { recursive: true });
  }

  #say(command: string): void {
    this.#shell.stdin.write(`${command}\n`);
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
