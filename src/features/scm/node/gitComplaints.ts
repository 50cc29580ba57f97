import { errorMessage } from '../../../base';
import { headerSecrets, Redactor } from '../../../platform/core';
import { gitPhrases, type GitRemote } from '../../../platform/core/ports';

/** In code units: as much of a complaint is looked through for secrets, and told. */
const MOST_READ = 16_000;
const MOST_TOLD = 1000;

/** Git's complaint for people: without its own words for it, and without what must not be told. */
export function gitComplaint(error: unknown, remote?: GitRemote): string {
  const lines = linesOf(error).map(line => line.replace(/^(?:fatal|error): /, ''));
  const isBesides = (line: string): boolean => /^(?:remote|warning): /.test(line);
  // Much of it may be what a remote had git repeat: what git says itself is not to be lost behind that.
  const first = lines.filter(line => !isBesides(line));
  const told = [...first, ...lines.filter(isBesides)].slice(0, 5).join('; ').slice(0, MOST_READ);
  const shown = new Redactor(headerSecrets(remote?.authorization ?? '')).redact(told);
  return shown.length > MOST_TOLD ? `${shown.slice(0, MOST_TOLD)}…` : shown;
}

/** What tells why git failed, see `gitPhrases`. */
export function gitFailurePhrases(error: unknown, remote?: GitRemote): readonly string[] {
  const lines = linesOf(error).filter(line => line.length <= MOST_READ);
  // The reason is in the last lines, whatever a remote had git repeat before and after.
  const isOfRemote = (line: string): boolean => line.startsWith('remote: ');
  const last = [
    ...lines.filter(line => !isOfRemote(line)).slice(-20),
    ...lines.filter(isOfRemote).slice(-20),
  ];
  return gitPhrases(last, remote && [remote.url]);
}

/** Lines of progress: `Receiving objects:  45% (5/11), 1.20 MiB | 300 KiB/s`, `Enumerating objects: 11, done.` */
const PROGRESS =
  /^(?:remote: )?(?:[A-Z][a-z]+ (?:objects|deltas|files|references|connectivity|content): +\d|Total \d)/;

function linesOf(error: unknown): readonly string[] {
  return errorMessage(error)
    .split(/[\r\n]/)
    .map(line => line.trim())
    .filter(
      line =>
        line !== '' &&
        line !== 'remote:' &&
        !PROGRESS.test(line) &&
        !/^(?:(?:fatal|error): )?(?:hint|To|Done)\b/.test(line),
    );
}
