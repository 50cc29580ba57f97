import { compareCodeUnits, isWithin, translate } from '../../../../base';
import { TimeSlicer } from '../../../../platform/core';
import { displayName } from '../../../catalog/core/locations';
import { fileText } from '../documents/fileText';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';
import { documentsOf } from './leaves';
import type { PlannedOffsetEdit, RenamePlan } from './renamePlan';

/** The reason why there is no plan; caught where the plan is requested. */
export class Refusal extends Error {}

/** Thrown when the request is cancelled. */
export class Cancelled extends Error {}

export interface PlanRequest {
  /** URIs of open documents that the catalog may not have yet. */
  readonly moreFiles?: Iterable<string> | undefined;
}

/** Reads each file once and collects the edits. */
export class PlanBuilder {
  readonly context: LanguageContext;
  readonly signal: AbortSignal;
  readonly warnings: string[] = [];
  readonly moves: { readonly from: string; readonly to: string }[] = [];
  #slices = new TimeSlicer();
  #moreFiles: readonly string[];
  #texts = new Map<string, Promise<YamlText | undefined>>();
  #edits = new Map<YamlText, PlannedOffsetEdit[]>();

  constructor(context: LanguageContext, signal: AbortSignal, { moreFiles = [] }: PlanRequest) {
    this.context = context;
    this.signal = signal;
    this.#moreFiles = [...moreFiles];
  }

  /** URIs of known open documents. */
  get openFiles(): readonly string[] {
    return this.#moreFiles;
  }

  /**
   * Returns the files to search: catalog files accepted by a test, and all open ones, except for read-only files
   * outside the catalog, such as earlier versions of a file.
   */
  async filesWhere(accept: (file: string) => boolean): Promise<readonly string[]> {
    const { context } = this;
    const files = new Set(this.#moreFiles.filter(file => !isReadOnly(file, context)));
    for (const file of [...context.catalog.files()]) {
      await this.goOn();
      if (context.openText(file) || accept(file)) files.add(file);
    }
    return [...files].sort(compareCodeUnits);
  }

  /** Returns the text in the editor, else on disk; undefined if the file is gone or can't be read. */
  async text(uri: string): Promise<YamlText | undefined> {
    await this.goOn();
    let text = this.#texts.get(uri);
    if (!text) this.#texts.set(uri, (text = fileText(uri, this.context)));
    return text;
  }

  /** Returns the documents of texts one by one, and releases the thread in between. */
  async *documents(
    texts: Iterable<YamlText>,
  ): AsyncGenerator<{ readonly text: YamlText; readonly placed: PlacedPart }, void> {
    for (const text of texts) {
      for (const placed of documentsOf(text)) {
        await this.goOn();
        yield { text, placed };
      }
    }
  }

  /** Releases the thread in time slices; to be called repeatedly. @throws Cancelled */
  async goOn(): Promise<void> {
    if (this.#slices.isOver) await this.#slices.pause();
    this.check();
  }

  /** @throws Cancelled */
  check(): void {
    if (this.signal.aborted) throw new Cancelled();
  }

  /** Adds edits of a text. @throws Refusal if the file can't be changed */
  add(text: YamlText, edits: readonly PlannedOffsetEdit[]): void {
    if (!edits.length) return;
    if (isReadOnly(text.uri, this.context)) {
      throw new Refusal(translate('{0} needs to change but is read-only.', this.nameOf(text.uri)));
    }
    const known = this.#edits.get(text);
    if (known) known.push(...edits);
    else this.#edits.set(text, [...edits]);
  }

  warn(message: string): void {
    if (!this.warnings.includes(message)) this.warnings.push(message);
  }

  /** Returns the display name of a file. */
  nameOf(uri: string): string {
    return displayName(uri, this.context.boundaryOf(uri));
  }

  /** Returns the collected plan. @throws Refusal if a text has changed meanwhile */
  plan(): RenamePlan {
    const files = [...this.#edits].map(([text, edits]) => ({
      uri: text.uri,
      version: this.#versionOf(text),
      edits: edits
        .sort((a, b) => a.start - b.start)
        .map(({ start, end, text: newText, kind }) => ({
          kind,
          newText,
          range: text.rangeAt(start, end),
        })),
    }));
    files.sort((a, b) => compareCodeUnits(a.uri, b.uri));
    return { files, moves: this.moves, warnings: this.warnings };
  }

  /** Returns the version of an open text. @throws Refusal if it was edited while other files were read */
  #versionOf({ uri, text }: YamlText): number | undefined {
    const open = this.context.openText(uri);
    if (open && open.text !== text) {
      throw new Refusal(translate('{0} was changed in the meantime. Try again.', this.nameOf(uri)));
    }
    return open?.version;
  }
}

export function isReadOnly(uri: string, context: LanguageContext): boolean {
  return !isWithin(context.boundaryOf(uri), uri) || (context.isReadOnly?.(uri) ?? false);
}
