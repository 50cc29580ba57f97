import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type MergeReply,
  mergeTexts,
} from '../../../../../../src/features/scaffolder/core/rendering/mergeTexts';
import { isLongRun } from '../../../../../support/longRun';

/** Draws a number below another. */
type Draw = (below: number) => number;

const labels = { mine: 'mine', next: 'next' };
const lines = (text: string): string => text.split(' ').join('\n').concat('\n');
const merge = (base: string, mine: string, next: string): MergeReply | undefined =>
  mergeTexts({ base: lines(base), mine: lines(mine), next: lines(next), labels });

describe('mergeTexts', () => {
  it('merges changes of both sides', () => {
    expect(merge('a b c d e', 'A b c d e', 'a b c d E')).toEqual({
      text: lines('A b c d E'),
      conflicts: 0,
    });
  });

  it('merges equal changes of both sides once', () => {
    expect(merge('a b c', 'a B c', 'a B c')).toEqual({ text: lines('a B c'), conflicts: 0 });
  });

  it('marks only the lines that both sides changed', () => {
    expect(merge('a b c', 'a x same c', 'a y same c')).toEqual({
      text: lines('a <<<<<<<_mine x ======= y >>>>>>>_next same c').replaceAll('_', ' '),
      conflicts: 1,
    });
  });

  it('keeps markers at line starts if the last line has no end', () => {
    expect(mergeTexts({ base: 'a', mine: 'b', next: 'c', labels })?.text).toBe(
      '<<<<<<< mine\nb\n=======\nc\n>>>>>>> next\n',
    );
  });

  it('merges into an empty text', () => {
    expect(mergeTexts({ base: '', mine: 'a\n', next: '', labels })).toEqual({
      text: 'a\n',
      conflicts: 0,
    });
  });

  it('returns undefined for long texts without common lines', () => {
    const many = (word: string): string =>
      Array.from({ length: 3000 }, (_, index) => `${word}${index}`).join(' ');
    expect(merge(many('a'), many('b'), many('c'))).toBeUndefined();
  });

  describe('agrees with git merge-file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-merge-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    /** @returns the number of conflicts in git, and the text if there are none */
    function byGit(...texts: readonly string[]): { conflicts: number; text: string | undefined } {
      const [base, mine, next] = texts.map((text, index) => {
        writeFileSync(join(folder, `${index}`), text);
        return join(folder, `${index}`);
      });
      const args = ['merge-file', '-p', mine ?? '', base ?? '', next ?? ''];
      try {
        return { conflicts: 0, text: execFileSync('git', args, { encoding: 'utf8' }) };
      } catch (error) {
        return { conflicts: (error as { status: number }).status, text: undefined };
      }
    }

    const texts = isLongRun ? 1000 : 40;

    it.each([
      { what: 'all different', word: (index: number) => `line ${index}`, most: 0 },
      // Moves of equal lines are ambiguous: git slides changes after the comparison.
      { what: 'of eight kinds', word: (_: number, draw: Draw) => `line ${draw(8)}`, most: 0.04 },
      { what: 'of three kinds', word: (_: number, draw: Draw) => `line ${draw(3)}`, most: 0.11 },
    ])('on changes of random lines, $what', ({ word, most }) => {
      let state = 12345;
      const draw: Draw = below => (state = (state * 48271) % 2147483647) % below;
      const changed = (lines: readonly string[], side: string): readonly string[] => {
        const copy = [...lines];
        for (let edits = draw(4); edits >= 0; edits--) {
          const insert = Array.from({ length: draw(3) }, () =>
            most === 0 ? `${side} ${draw(100)}` : word(0, draw),
          );
          copy.splice(draw(copy.length + 1), draw(3), ...insert);
        }
        return copy;
      };
      let others = 0;
      for (let count = 0; count < texts; count++) {
        const old = Array.from({ length: draw(30) + 1 }, (_, index) => word(index, draw));
        const [base = '', mine = '', next = ''] = [
          old,
          changed(old, 'mine'),
          changed(old, 'next'),
        ].map(all => all.map(line => `${line}\n`).join(''));
        const reply = mergeTexts({ base, mine, next, labels });
        const git = byGit(base, mine, next);
        const isSame =
          (reply?.conflicts === 0) === (git.conflicts === 0) &&
          (git.text === undefined || git.text === reply?.text);
        if (!isSame) others++;
      }
      expect(others / texts).toBeLessThanOrEqual(most);
    });
  });

  it('merges a lock file with many equal lines fast', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => [
      `    "package-${index}": {`,
      '      "license": "MIT"',
      '    },',
    ]).flat();
    const withLine = (line: string, at: number): string => lines.toSpliced(at, 1, line).join('\n');
    const merged = mergeTexts({
      base: lines.join('\n'),
      mine: withLine('mine', 1),
      next: withLine('next', 14_000),
      labels,
    });
    expect(merged).toEqual({
      text: lines.toSpliced(1, 1, 'mine').toSpliced(14_000, 1, 'next').join('\n'),
      conflicts: 0,
    });
  });
});
