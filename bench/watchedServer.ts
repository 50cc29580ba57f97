import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Times of an edit in a watched server, in milliseconds; see `serverTimes.ts`. */
export interface ServerTime {
  /** From the arrival of the edit until the diagnostics were sent. */
  readonly whole: number;
  /** Busy time of the thread within it. */
  readonly active: number;
}

/** Measures edits in a language server that is started with its arguments. */
export class WatchedServer {
  /** Arguments of Node, before the program. */
  readonly args: readonly string[];
  #folder: string;
  #file: string;

  private constructor(folder: string, script: string) {
    this.#folder = folder;
    this.#file = join(folder, 'times');
    this.args = ['--require', script];
    // A server has the environment of the process that starts it.
    process.env['CALLBOARD_SERVER_TIMES'] = this.#file;
  }

  static async create(): Promise<WatchedServer> {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-bench-'));
    const script = join(folder, 'serverTimes.cjs');
    await build({
      entryPoints: [join(process.cwd(), 'bench', 'serverTimes.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'warning',
    });
    return new WatchedServer(folder, script);
  }

  /** Returns the times since the last call. */
  take(): readonly ServerTime[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, 'utf8').split('\n').filter(Boolean);
    rmSync(this.#file);
    return lines.map(line => {
      const [whole, active] = JSON.parse(line) as [number, number];
      return { whole, active };
    });
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
