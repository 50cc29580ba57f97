import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { apiTarball, packApi } from '../../scripts/lib/apiPackage.mjs';
import { cliTarball, packCli } from '../../scripts/lib/cliPackage.mjs';
import { withLock } from '../../scripts/lib/lock.mjs';
import { removeAtEnd } from '../../scripts/lib/processes.mjs';
import { inProject } from '../../scripts/lib/project.mjs';
import { hashFiles } from '../../scripts/lib/shippedFiles.mjs';

/** Packages of the project that plugins are built with. */
const TOOLS = ['@esbuild', '@types', 'esbuild', 'typescript', 'undici-types'];

/** A folder with the packed packages installed, as for the author of a plugin. */
export class PluginFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** @param from - folder to copy */
  static async create(from?: string): Promise<PluginFolder> {
    await packApi();
    await packCli();
    const path = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-plugin-')));
    removeAtEnd(path);
    if (from !== undefined) cpSync(from, path, { recursive: true });
    return new PluginFolder(path);
  }

  /** Installs `@callboard/api` and `callboard` from their files: npm does it once, then they are copied. */
  async install(): Promise<void> {
    const from = join(await installedPackages(), 'node_modules');
    cpSync(from, join(this.path, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    for (const name of TOOLS) {
      symlinkSync(
        inProject('node_modules', name),
        join(this.path, 'node_modules', name),
        'junction',
      );
    }
  }

  /** @throws an error with the output, unless its exit code is accepted */
  async run(
    command: string,
    args: readonly string[],
    { accept = [0] }: { readonly accept?: readonly number[] } = {},
  ): Promise<string> {
    return runIn(this.path, [command, ...args], accept);
  }

  /** Checks the types of the folder, with the native compiler, which is faster. */
  async checkTypes(): Promise<void> {
    const compiler = inProject('node_modules', 'typescript-native', 'bin', 'tsc');
    await this.run(process.execPath, [compiler, '-p', '.']);
  }

  /** Runs a script of a package that is installed in the folder. */
  node(script: string, ...args: readonly string[]): Promise<string> {
    return this.run(process.execPath, [`node_modules/${script}`, ...args]);
  }

  /** Runs the packed command line. */
  callboard(...args: readonly string[]): Promise<string> {
    return this.run(process.execPath, ['node_modules/callboard/dist/cli.js', ...args], {
      accept: [0, 1],
    });
  }
}

async function runIn(
  folder: string,
  [command = '', ...args]: readonly string[],
  accept: readonly number[],
): Promise<string> {
  // Without the variables of this test run.
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...env } = process.env;
  const PATH = [inProject('node_modules', '.bin'), env['PATH']].join(delimiter);
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      cwd: folder,
      env: { ...env, PATH },
    });
    return stdout;
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    if (accept.includes(code)) return stdout;
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Returns the path of a folder with the packages as npm installs them, for all tests until a package changes. */
async function installedPackages(): Promise<string> {
  const folder = inProject('out', 'installed-plugin-packages');
  const tarballs = [apiTarball, cliTarball];
  return withLock(`${folder}.lock`, async () => {
    const record = join(folder, 'installed.hash');
    const hash = hashFiles('', tarballs);
    if (existsSync(record) && readFileSync(record, 'utf8') === hash) return folder;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const options = ['--offline', '--no-audit', '--no-fund', '--no-save'];
    await runIn(folder, ['npm', 'install', '--prefix', folder, ...options, ...tarballs], [0]);
    writeFileSync(record, hash);
    return folder;
  });
}
