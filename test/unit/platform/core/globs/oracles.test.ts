import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { braceExpand, minimatch, type MinimatchOptions } from 'minimatch';
import picomatch from 'picomatch';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Glob, PicomatchGlob, readIgnoreRules } from '../../../../../src/platform/core/globs';
import { PAIRS, pathLike, Random, randomPath, randomPattern } from '../../../../support/globPairs';

const PATHS_PER_PATTERN = 5;
/** Longer for a test of many more pairs. */
const timeout = 20_000 + PAIRS * 10;

interface Difference {
  readonly pattern: string;
  readonly path: string;
  readonly expected: unknown;
}

describe('patterns', () => {
  it.each([false, true])('match as in picomatch, with posix: %s', { timeout }, posix => {
    const random = new Random(posix ? 2 : 1);
    const differences: Difference[] = [];
    let matched = 0;
    for (let pair = 0; pair < PAIRS / 2; pair += PATHS_PER_PATTERN) {
      const pattern = randomPattern(random);
      const options = { dot: true, ...(posix && { posix }) };
      const oracle = picomatch.makeRe(pattern, options);
      const glob = globOf(pattern, posix);
      for (let index = 0; index < PATHS_PER_PATTERN; index++) {
        const path = index < 3 ? pathLike(pattern, random) : randomPath(random);
        const whole = random.below(8) === 0 ? `${path}/` : path;
        const expected = oracle.test(whole);
        if (expected) matched++;
        // A reference to a group is an error.
        if (glob && glob.matches(whole, { left: Infinity }) !== expected) {
          differences.push({ pattern, path: whole, expected });
        }
      }
    }
    expect(differences).toEqual([]);
    expect(matched).toBeGreaterThan(PAIRS / 50);
  });

  it('match as in minimatch', { timeout }, () => {
    const random = new Random(3);
    const differences: Difference[] = [];
    let matched = 0;
    for (let pair = 0; pair < PAIRS; pair += PATHS_PER_PATTERN) {
      const pattern = randomPattern(random);
      const [ignoreCase, dots, negation] = random.list(3, () => random.below(2) === 0);
      const glob = new Glob(pattern, { ignoreCase, dots, negation });
      const options = {
        nocase: ignoreCase,
        dot: dots,
        nonegate: !negation,
        nocomment: !negation,
      };
      for (let index = 0; index < PATHS_PER_PATTERN; index++) {
        const path = withDots(index < 3 ? pathLike(pattern, random) : randomPath(random), random);
        const expected = minimatch(path, pattern, options);
        if (expected) matched++;
        if (glob.test(path) === expected) continue;
        // It drops alternatives in braces before an unclosed bracket, as in `{a,b}c[`.
        if (!pattern.includes('[') || matchesAlternatives(path, pattern, options) === expected) {
          differences.push({ pattern, path, expected });
        }
      }
    }
    expect(differences).toEqual([]);
    expect(matched).toBeGreaterThan(PAIRS / 20);
  });

  it('match as in git', { timeout: timeout * 3 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    execFileSync('git', ['init', '-q', folder]);
    const random = new Random(4);
    const differences: Difference[] = [];
    let matched = 0;
    const perFile = 100;
    for (let pair = 0; pair < PAIRS; pair += perFile) {
      const lines = random.list(1 + random.below(3), () => randomPattern(random, 5));
      const rules = lines.join(random.pick(['\n', '\r\n'])) + random.pick(['', '\n']);
      writeFileSync(join(folder, '.gitignore'), rules);
      const paths = random
        .list(perFile, () => {
          const path = pathLike(random.pick(lines), random);
          return random.pick([path, path, `${path}/b`, randomPath(random)]);
        })
        // A path that starts with a colon has another meaning in git.
        .filter(path => !/^:|(^|\/)\.git(\/|$)/.test(path));
      for (const path of paths) {
        if (random.below(2) === 0) mkdirSync(join(folder, path), { recursive: true });
      }
      const verdicts = gitVerdicts(folder, paths);
      const own = readIgnoreRules(rules);
      for (const path of paths) {
        const expected = verdicts.get(path);
        if (expected !== undefined) matched++;
        const isFolder = statSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory();
        if (verdictOf(own, path, isFolder === true) !== expected) {
          differences.push({ pattern: rules, path, expected });
        }
      }
    }
    expect(differences).toEqual([]);
    expect(matched).toBeGreaterThan(PAIRS / 20);
  });
});

function globOf(pattern: string, posix: boolean): PicomatchGlob | undefined {
  try {
    return new PicomatchGlob(pattern, { posix });
  } catch (error) {
    expect(String(error)).toContain('refers to one of its groups');
    return undefined;
  }
}

/** Sometimes adds `.`, `..` and slashes at the ends. */
function withDots(path: string, random: Random): string {
  const name = random.pick(['', '', '', '', './', '../', '/']);
  return `${name}${path}${random.below(8) === 0 ? '/' : ''}`;
}

function matchesAlternatives(path: string, pattern: string, options: MinimatchOptions): boolean {
  const marks = options.nonegate ? 0 : pattern.search(/[^!]|$/);
  const isMatch = braceExpand(pattern.slice(marks)).some(alternative =>
    minimatch(path, alternative, { ...options, nonegate: true, nocomment: true }),
  );
  return isMatch !== (marks % 2 === 1);
}

type Verdict = 'ignored' | 'included' | undefined;

function gitVerdicts(folder: string, paths: readonly string[]): ReadonlyMap<string, Verdict> {
  const args = ['check-ignore', '--no-index', '--verbose', '--non-matching', '-z', '--stdin'];
  const settings = ['-c', 'core.ignoreCase=false', '-c', 'core.excludesFile='];
  const { stdout, stderr } = spawnSync('git', ['-C', folder, ...settings, ...args], {
    input: paths.map(path => `${path}\0`).join(''),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const fields = stdout.split('\0');
  const verdicts = new Map<string, Verdict>();
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [source = '', , rule = '', path = ''] = fields.slice(at, at + 4);
    const verdict = rule.startsWith('!') ? 'included' : 'ignored';
    verdicts.set(path, source === '' ? undefined : verdict);
  }
  return verdicts;
}

/** Contents of an ignored folder are ignored. */
function verdictOf(
  rules: ReturnType<typeof readIgnoreRules>,
  path: string,
  isFolder: boolean,
): Verdict {
  const names = path.split('/');
  for (let depth = 1; depth < names.length; depth++) {
    if (rules.match(names.slice(0, depth).join('/'), true) === 'ignored') return 'ignored';
  }
  return rules.match(path, isFolder);
}
