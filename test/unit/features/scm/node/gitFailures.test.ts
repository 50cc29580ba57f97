import { describe, expect, it } from 'vitest';
import { gitErrorText, gitFailureReason } from '../../../../../src/features/scm/node/gitFailures';

/** Progress of git with that of a server. */
const progress = (percents: number): string =>
  [
    'remote: Enumerating objects: 300, done.        \n',
    ...Array.from(
      { length: percents },
      (_, i) => `remote: Counting objects:  ${i}% (${i}/300)        \r`,
    ),
    'remote: Counting objects: 100% (300/300), done.        \n',
    ...Array.from(
      { length: percents },
      (_, i) => `Receiving objects:  ${i}% (${i}/300), 1.20 MiB | 300.00 KiB/s\r`,
    ),
  ].join('');

describe.each([1, 100, 3000])('git error after %i lines of progress', percents => {
  it('is a full disk', () => {
    const text = `${progress(percents)}fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output\n`;
    expect(gitErrorText(new Error(text))).toBe(
      'write error: No space left on device; fetch-pack: invalid index-pack output',
    );
    expect(gitFailureReason(new Error(text))).toBe('storage');
  });

  it('is found before long output of the server', () => {
    const flood = Array.from({ length: percents }, (_, i) => `remote: Look at this: ${i}\n`);
    const text = `${flood.join('')}${progress(percents)}fatal: early EOF\n`;
    expect(gitErrorText(new Error(text))).toMatch(/^early EOF; remote: Look at this: 0/);
    const full = `fatal: write error: No space left on device\n${flood.join('')}`;
    expect(gitFailureReason(new Error(full))).toBe('storage');
  });

  it('is not a disk error that the server prints', () => {
    const text = `${progress(percents)}remote: \rremote: fatal: write error: No space left on device\rremote: x\nfatal: early EOF\n`;
    expect(gitFailureReason(new Error(text))).toBe('disconnected');
  });
});
