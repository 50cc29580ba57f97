import type { CatalogService, FilesService } from '../../api';
import { WorkSlices } from '../../base';
import { type DisabledLines, findDisabledLines } from '../../model';
import type { RenamedEntity } from './renamedEntity';

/** What is told at a name that a Backstage does not have, and what comments call it. */
export const RENAMED = 'renamed-in-backstage';

export interface SwitchedOffDeps {
  readonly catalog: Pick<CatalogService, 'getEntitySource'>;
  readonly files: Pick<FilesService, 'readFile'>;
}

/** Knows where comments in files switch off what is told of names; a file is read again once it has changed. */
export class SwitchedOff {
  readonly #deps: SwitchedOffDeps;
  readonly #lines = new Map<string, Promise<DisabledLines>>();

  constructor(deps: SwitchedOffDeps) {
    this.#deps = deps;
  }

  /** @param files - that may have other comments by now */
  forget(files: Iterable<string>): void {
    for (const file of files) this.#lines.delete(file);
  }

  /** The same, with a mark on those that are not to be told. */
  async mark(
    renamed: readonly RenamedEntity[],
    signal: AbortSignal,
  ): Promise<readonly RenamedEntity[]> {
    const slices = new WorkSlices();
    const marked: RenamedEntity[] = [];
    for (const each of renamed) {
      if (slices.isOver) await slices.pause();
      signal.throwIfAborted();
      marked.push((await this.#isOff(each)) ? { ...each, isSwitchedOff: true } : each);
    }
    return marked;
  }

  async #isOff({ ref, file }: RenamedEntity): Promise<boolean> {
    const place = ref === undefined ? undefined : this.#deps.catalog.getEntitySource(ref);
    if (place?.file !== file) return false;
    const codes = (await this.#linesOf(file)).get(place.nameRange.start.line);
    return codes === 'all' || (codes?.has(RENAMED) ?? false);
  }

  #linesOf(file: string): Promise<DisabledLines> {
    const known = this.#lines.get(file);
    if (known) return known;
    const lines = this.#deps.files.readFile(file).then(
      bytes => findDisabledLines(new TextDecoder().decode(bytes)),
      // What is gone by now is told of no more, either.
      () => findDisabledLines(''),
    );
    this.#lines.set(file, lines);
    return lines;
  }
}
