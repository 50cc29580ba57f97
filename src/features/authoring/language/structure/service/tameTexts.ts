import { composeDocuments } from '../../../../../platform/core/yaml';

/** Levels of documents that get help: yaml-language-server takes the cube of them to complete a field. */
const MAX_DEPTH = 100;
/** Errors of documents that get help: it draws the line of each, which takes the square of what a line has. */
const MAX_ERRORS = 100;
/** How many verdicts are kept: a document is asked about several times each time that it changes. */
const MAX_KEPT = 20;

/** Tells which texts yaml-language-server can read in time; it has no limits of its own. */
export class TameTexts {
  readonly #verdicts = new Map<string, boolean>();

  isTame(text: string): boolean {
    const known = this.#verdicts.get(text);
    if (known !== undefined) return known;
    const isTame = composeDocuments(text, MAX_DEPTH).every(
      ({ document }) => document && document.errors.length < MAX_ERRORS,
    );
    const [oldest] = this.#verdicts.keys();
    if (this.#verdicts.size >= MAX_KEPT && oldest !== undefined) this.#verdicts.delete(oldest);
    this.#verdicts.set(text, isTame);
    return isTame;
  }
}
