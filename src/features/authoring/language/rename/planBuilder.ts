import { compareCodeUnits, isWithin } from '../../../../base';
import { Slices } from '../../../../platform/core';
import { displayName } from '../../../catalog/core/targets';
import { fileText } from '../documents/fileText';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';
import { documentsOf } from './leaves';
import type { PlannedOffsetEdit, RenamePlan } from './renamePlan';

/** Why there is no plan: caught where a plan is asked for, and seen by nobody else. */
export class Refusal extends Error {}

/** Thrown when a plan is not wanted any more. */
export class Cancelled extends Error {}

export interface PlanRequest {
  /** URIs of open documents, which the catalog need not know of yet. */
  readonly moreFiles?: Iterable<string> | undefined;
}

/** Reads files, each once, and collects what is to be done with them. */
export class PlanBuilder {
  readonly context: LanguageContext;
  readonly signal: AbortSignal;
  readonly warnings: string[] = [];
  readonly moves: { readonly from: string; readonly to: string }[] = [];
  #slices = new Slices();
  #moreFiles: readonly string[];
  #texts = new Map<string, Promise<YamlText | undefined>>();
  #edits = new Map<YamlText, PlannedOffsetEdit[]>();

  constructor(context: LanguageContext, signal: AbortSignal, { moreFiles = [] }: PlanRequest) {
    this.context = context;
    this.signal = signal;
    this.#moreFiles = [...moreFiles];
  }

  /** URIs of open documents, as far as they are known. */
  get openFiles(): readonly string[] {
    return this.#moreFiles;
  }

  /**
   * The files that are looked into: those of the catalog that a test chooses, and all open ones. What is
   * open, read-only and not in the catalog, as an earlier version of a file, is none of them.
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

  /** As it is in the editor, else on the disk; undefined where it is gone by now, or cannot be read. */
  async text(uri: string): Promise<YamlText | undefined> {
    await this.goOn();
    let text = this.#texts.get(uri);
    if (!text) this.#texts.set(uri, (text = fileText(uri, this.context)));
    return text;
  }

  /** The documents of some texts, one at a time, with what else waits for the thread in between. */
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

  /** To be called on the way, again and again: it lets others have the thread. @throws Cancelled */
  async goOn(): Promise<void> {
    if (this.#slices.isOver) await this.#slices.pause();
    this.check();
  }

  /** @throws Cancelled */
  check(): void {
    if (this.signal.aborted) throw new Cancelled();
  }

  /** @throws Refusal where the file is not to be changed */
  add(text: YamlText, edits: readonly PlannedOffsetEdit[]): void {
    if (!edits.length) return;
    if (isReadOnly(text.uri, this.context)) {
      throw new Refusal(`${this.nameOf(text.uri)} would have to be changed, and is read-only.`);
    }
    const known = this.#edits.get(text);
    if (known) known.push(...edits);
    else this.#edits.set(text, [...edits]);
  }

  warn(message: string): void {
    if (!this.warnings.includes(message)) this.warnings.push(message);
  }

  /** A file by the name that people know it by. */
  nameOf(uri: string): string {
    return displayName(uri, this.context.boundaryOf(uri));
  }

  /** @throws Refusal where a text is not what it was */
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

  /** Somebody may have typed on while other files were read. */
  #versionOf({ uri, text }: YamlText): number | undefined {
    const open = this.context.openText(uri);
    if (open && open.text !== text) {
      throw new Refusal(`${this.nameOf(uri)} has changed while it was looked at.`);
    }
    return open?.version;
  }
}

export function isReadOnly(uri: string, context: LanguageContext): boolean {
  return !isWithin(context.boundaryOf(uri), uri) || (context.isReadOnly?.(uri) ?? false);
}
