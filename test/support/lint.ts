import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'jsonc-parser';
import { inProject } from '../../scripts/lib/project.mjs';

/** A text that is linted as if it were a file of the project. */
export interface LintedText {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
}

/** A problem of oxlint. */
export interface LintProblem {
  /** Name of the rule, such as `callboard(named-exports)`. */
  readonly code: string;
  readonly message: string;
}

/**
 * Lints texts by the project's rules. Returns the problems of each text, in order.
 *
 * @param options.isTyped - whether rules that need types apply, too
 */
export async function lint(
  texts: readonly LintedText[],
  { isTyped = false } = {},
): Promise<readonly (readonly LintProblem[])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-lint-'));
  try {
    const config = parse(readFileSync(inProject('.oxlintrc.json'), 'utf8')) as object;
    const jsPlugins = [inProject('scripts', 'lib', 'lintRules.mjs')];
    // Options are for the configuration of a whole run.
    const own = { ...config, jsPlugins, options: undefined };
    // Each text has its own project, because several may have one path.
    for (const [index, { path, text }] of texts.entries()) {
      const project = join(folder, String(index));
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
      writeFileSync(join(project, '.oxlintrc.json'), JSON.stringify(own));
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    }
    const program = inProject('node_modules', 'oxlint', 'bin', 'oxlint');
    const OXLINT_TSGOLINT_PATH = inProject('node_modules', '.bin', 'tsgolint');
    const { stdout } = await run(
      process.execPath,
      [program, '--format', 'json', ...(isTyped ? ['--type-aware'] : [])],
      {
        cwd: folder,
        env: { ...process.env, OXLINT_TSGOLINT_PATH },
      },
    ).catch((error: unknown) => error as { readonly stdout: string });
    const { diagnostics } = JSON.parse(stdout) as {
      readonly diagnostics: readonly (LintProblem & { readonly filename: string })[];
    };
    return texts.map((_, index) =>
      diagnostics.filter(({ filename }) => filename.startsWith(`${index}/`)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const compilerOptions = { strict: true, types: [] };

const run = promisify(execFile);
