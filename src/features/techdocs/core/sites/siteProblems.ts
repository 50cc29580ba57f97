import type { Problem, Severity } from '../../../../model';
import { asWritten } from '../../../appConfig/core';
import { type DocsProblemCode, docsSeverities } from '../docsSeverities';
import type { ConfigPlace } from './config/configNode';

/** Collects the problems of a site, without duplicates. */
export class SiteProblems {
  #problems = new Map<string, Problem>();
  #written = new Map<string, string>();

  /**
   * Shows an environment value in messages as it is written in the config, so that it doesn't leak.
   */
  quote(value: string, written: string): void {
    this.#written.set(value, written);
  }

  get list(): readonly Problem[] {
    return [...this.#problems.values()];
  }

  /** Returns an independent copy. */
  copy(): SiteProblems {
    const copy = new SiteProblems();
    copy.#problems = new Map(this.#problems);
    copy.#written = new Map(this.#written);
    return copy;
  }

  add(
    code: DocsProblemCode,
    text: string,
    { place, severity }: { place: ConfigPlace; severity?: Severity },
  ): void {
    const { file, range } = place;
    const { line, character } = range.start;
    const message = asWritten(text, this.#written);
    const key = `${code} ${file} ${line}:${character} ${message}`;
    const problem = { code, severity: severity ?? docsSeverities[code], message, file, range };
    if (!this.#problems.has(key)) this.#problems.set(key, { ...problem, document: 0 });
  }
}
