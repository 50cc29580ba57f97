import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { isLongRun } from '../../support/longRun';
import { type Fault, FaultPlan, type PortCall } from './faultPlan';
import { type Outcome, Report, type Session } from './session';
import { sessions } from './sessions';

/** `session/operation/nth/name`: one fault alone. */
const only = process.env['FAULT']?.split('/');

/** A usual run injects one fault of this many. */
const SHARE = 25;

/** Errors that need no report: a missing file, and files without permission, which may be hidden on purpose. */
const UNREPORTED: ReadonlySet<string> = new Set(['ENOENT', 'EACCES']);

/** To name the fault of a session that hangs; no session waits for a clock of its own. */
const LIMIT = 30_000;

interface Played extends Outcome {
  readonly calls: readonly PortCall[];
  readonly hit: PortCall | undefined;
  readonly lines: readonly string[];
}

async function play(session: Session, fault?: Fault): Promise<Played> {
  const plan = new FaultPlan(fault);
  const report = new Report();
  const limit = new AbortController();
  const hangs = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`${session.name} hangs`)), LIMIT);
    limit.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    const outcome = await Promise.race([session.run(plan, report), hangs]);
    return { ...outcome, calls: plan.calls, hit: plan.hit, lines: report.lines };
  } finally {
    limit.abort();
  }
}

describe.each(sessions.filter(({ name }) => !only || name === only[0]))('$name', session => {
  it('loses nothing and reports the failure when any call fails once', async () => {
    const whole = await play(session);
    const quiet = new Set(whole.lines);
    const faults = FaultPlan.faultsOf(whole.calls).filter(
      ({ operation, nth, name }, at) =>
        (only?.[1] === undefined && (isLongRun || at % SHARE === 0)) ||
        (operation === only?.[1] && String(nth) === only[2] && name === only[3]),
    );
    expect(faults.length).toBeGreaterThan(0);
    const failures: string[] = [];
    for (const fault of faults) {
      const how = `FAULT='${session.name}/${fault.operation}/${fault.nth}/${fault.name}'`;
      try {
        const played = await play(session, fault);
        if (only)
          console.log(
            played.hit,
            played.lines.filter(line => !quiet.has(line)),
          );
        expect(played.hit, 'the call').toBeDefined();
        if (!isEqual(played.after, whole.after)) {
          expect.fail(`Lost after a refresh:\n${differenceOf(played.after, whole.after)}`);
        }
        const isTold = !UNREPORTED.has(fault.name) && !session.silent?.includes(fault.operation);
        if (isTold && !isEqual(played.before, whole.before)) {
          const { subject = '' } = played.hit ?? {};

          expect(
            played.lines.filter(line => !quiet.has(line) && isAbout(line, subject)),
            `a line about ${subject}, not only ${JSON.stringify(played.lines.filter(line => !quiet.has(line)))}, where\n${differenceOf(played.before, whole.before)}\n`,
          ).not.toEqual([]);
        }
      } catch (error) {
        failures.push(`${how}\n${String(error).slice(0, only ? 20_000 : 600)}`);
      }
    }
    expect(failures.join('\n\n')).toBe('');
  });
});

/** Whether a message names a file, or the host of an address: the source with the address is known. */
function isAbout(line: string, subject: string): boolean {
  const [name = ''] = decodeURIComponent(subject).split('/').filter(Boolean).slice(-1);
  const { host } = URL.canParse(subject) ? new URL(subject) : { host: '' };
  return line.includes(name) || (host !== '' && line.includes(host));
}

/** The difference, as a failed comparison prints it. */
function differenceOf(one: unknown, other: unknown): string {
  const texts = [one, other].map(value => inspect(value, { depth: 30, sorted: true }).split('\n'));
  const [ours = [], theirs = []] = texts;
  return [
    ...ours.filter(line => !theirs.includes(line)).map(line => `+ ${line}`),
    ...theirs.filter(line => !ours.includes(line)).map(line => `- ${line}`),
  ].join('\n');
}

function isEqual(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}
