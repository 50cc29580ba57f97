import { SourceText } from '../text/sourceText';
import { ETX, STX } from '../text/stash';

interface Fence {
  /** All of it, as it was written. */
  readonly source: SourceText;
  /** How far it was indented, markers of quotes included. */
  readonly indent: number;
}

const placeholderLine = new RegExp(`^([> ]*)(${STX}wzxhzdk:[0-9]+${ETX})$`);

/** What fences were before they became code: some turn out to stand in code by indentation. */
export class FenceStash {
  readonly #fences = new Map<string, Fence>();

  store(placeholder: string, fence: Fence): void {
    this.#fences.set(placeholder, fence);
  }

  /** A block of indented code with its fences as text. */
  restore(block: SourceText): SourceText {
    if (this.#fences.size === 0 || !block.text.includes('\u0002')) return block;
    return SourceText.join(
      block.lines().flatMap(line => {
        const found = placeholderLine.exec(line.text);
        const fence = found ? this.#fences.get(found[2] ?? '') : undefined;
        if (!found || !fence) return [line];
        this.#fences.delete(found[2] ?? '');
        // As Python slices: from the end of the line where that is below zero.
        const cut = fence.indent - (found[1] ?? '').length;
        return fence.source
          .lines()
          .map(written => written.slice(cut < 0 ? Math.max(0, written.length + cut) : cut));
      }),
      '\n',
    );
  }
}
