import { type Logger, silentLogger } from '../../../src/base';
import type { FaultPlan } from './faultPlan';

/** A scripted use of real engines whose ports may fail. */
export interface Session {
  readonly name: string;
  /** Ports that fail without a message by contract: their data is computed again. */
  readonly silent?: readonly string[];
  readonly run: (plan: FaultPlan, report: Report) => Promise<Outcome>;
}

/** The results of a session. */
export interface Outcome {
  /** State at the end of the script. */
  readonly before: unknown;
  /** State after one more refresh without faults. */
  readonly after: unknown;
}

/** All messages about failures for the user: log lines, problems and errors. */
export class Report {
  readonly lines: string[] = [];

  readonly logger: Logger = {
    ...silentLogger,
    warn: message => void this.lines.push(message),
    error: (message, error) => void this.lines.push(`${message} ${String(error)}`),
  };

  /** Runs a user's action. Its error is shown to the user, so the session continues. */
  async attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      this.lines.push(String(error));
      return undefined;
    }
  }

  add(lines: Iterable<string>): void {
    for (const line of lines) this.lines.push(line);
  }
}
