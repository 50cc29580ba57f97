import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  type MergeReply,
  mergeTexts,
} from '../../../../../../src/features/scaffolder/core/rendering/mergeTexts';

const labels = { mine: 'mine', next: 'next' };
const lines = (text: string): string => text.split(' ').join('\n').concat('\n');
const merge = (base: string, mine: string, next: string): MergeReply | undefined =>
  mergeTexts({ base: lines(base), mine: lines(mine), next: lines(next), labels });

describe('mergeTexts', () => {
  it('takes what either side changed', () => {
    expect(merge('a b c d e', 'A b c d e', 'a b c d E')).toEqual({
      text: lines('A b c d E'),
      conflicts: 0,
    });
  });

  it('takes what both sides changed alike once', () => {
    expect(merge('a b c', 'a B c', 'a B c')).toEqual({ text: lines('a B c'), conflicts: 0 });
  });

  it('marks what both sides changed, and no more of it', () => {
    expect(merge('a b c', 'a x same c', 'a y same c')).toEqual({
      text: lines('a <<<<<<<_mine x ======= y >>>>>>>_next same c').replaceAll('_', ' '),
      conflicts: 1,
    });
  });

  it('keeps markers at the beginning of lines where the last line has no end', () => {
    expect(mergeTexts({ base: 'a', mine: 'b', next: 'c', labels })?.text).toBe(
      '<<<<<<< mine\nb\n=======\nc\n>>>>>>> next\n',
    );
  });

  it('brings together what was empty', () => {
    expect(mergeTexts({ base: '', mine: 'a\n', next: '', labels })).toEqual({
      text: 'a\n',
      conflicts: 0,
    });
  });

  it('gives up on texts that have nothing in common and no end', () => {
    const many = (word: string): string =>
      Array.from({ length: 3000 }, (_, index) => `${word}${index}`).join(' ');
    expect(merge(many('a'), many('b'), many('c'))).toBeUndefined();
  });

  describe('agrees with git merge-file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-merge-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    /** @returns how many conflicts git sees, and the text where there are none */
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

    it.each(Array.from({ length: 60 }, (_, seed) => seed))('on changes of seed %i', seed => {
      let state = seed * 7919 + 1;
      const random = (below: number): number => {
        state = (state * 48271) % 2147483647;
        return state % below;
      };
      const base = Array.from({ length: 30 }, (_, index) => `line ${index}`);
      const changed = (side: string): string => {
        const copy = [...base];
        for (let edits = random(4); edits >= 0; edits--) {
          const insert = Array.from({ length: random(3) }, () => `${side} ${random(100)}`);
          copy.splice(random(copy.length), random(3), ...insert);
        }
        return copy.join('\n').concat('\n');
      };
      const [old, mine, next] = [base.join('\n').concat('\n'), changed('mine'), changed('next')];
      const reply = mergeTexts({ base: old, mine, next, labels });
      const git = byGit(old, mine, next);
      expect(reply?.conflicts === 0).toBe(git.conflicts === 0);
      if (git.text !== undefined) expect(reply?.text).toBe(git.text);
    });
  });
});
