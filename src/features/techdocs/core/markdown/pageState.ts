import { withoutTrailing } from '../../../../base';
import type { PageSection } from '../sections/pageSections';
import { BlockParser, type BlockRule } from './blocks/blockParser';
import { PageContext, type PageDeps } from './pageContext';
import { type Include, includeMessages, type IncludeProblem } from './preprocess/snippets';
import { rangeOf } from './render/htmlWriter';
import { Element, type Stretch } from './text/element';
import type { SourceText } from './text/sourceText';
import type { FoundHeading, TocEntry } from './tree/tableOfContents';
import { type Anchor, collectTargets, replaceTargets, type Targets } from './tree/targets';
import type {
  MarkdownPage,
  PageAnchor,
  PageIndex,
  PageLink,
  PageProblem,
  PlacedSection,
  ReplaceTarget,
} from './types';

interface PageStateDeps extends PageDeps {
  readonly blockRules: readonly BlockRule[];
  readonly replaceTarget: ReplaceTarget | undefined;
}

/** State and results of one page while it is rendered. */
export class PageState extends PageContext {
  readonly root = new Element('div');
  readonly parser: BlockParser;
  source: SourceText;
  toc: readonly TocEntry[] = [];
  headings: readonly FoundHeading[] = [];
  title: string | undefined;
  #targets: Targets | undefined;
  readonly #replaceTarget: ReplaceTarget | undefined;
  readonly #written: string;

  constructor(written: string, source: SourceText, deps: PageStateDeps) {
    super(written, source.length, deps);
    this.#written = written;
    this.#replaceTarget = deps.replaceTarget;
    this.parser = new BlockParser(deps.blockRules, this);
    this.source = source;
  }

  problem({ code, path, from, to }: IncludeProblem): PageProblem {
    return { code, message: includeMessages[code](path), range: this.rangeAt(from, to) };
  }

  /** Returns the results besides the HTML. */
  result(): Omit<MarkdownPage, 'html' | 'problems' | 'title'> {
    const targets = this.#collected();
    const anchors = [...new Set(targets.anchors.map(({ id }) => id))];
    const diagrams = this.diagrams.map(({ program, from, to }) => ({
      program,
      range: this.rangeAt(from, to),
    }));
    return { toc: this.toc, ...targets, anchors, diagrams, languages: [...this.languages] };
  }

  /** Rewrites targets of links and images. Reported targets stay as written. */
  replaceTargets(): void {
    if (!this.#replaceTarget) return;
    this.#collected();
    replaceTargets(this.root, this.#replaceTarget);
  }

  #collected(): Targets {
    return (this.#targets ??= collectTargets(this.root, this));
  }

  /** Returns the index of the page. */
  index(title: string | undefined, includes: readonly Include[]): PageIndex {
    const targets = this.#collected();
    const headings = new Map(this.headings.map(heading => [heading.element, heading]));
    const written = includes.map(include => ({
      ...include,
      range: this.rangeAt(include.from, include.to),
    }));
    // The first include of a line counts.
    const byLine = new Map(written.toReversed().map(({ range }) => [range.start.line, range]));
    const atInclude = <T extends PageLink>(link: T): T => {
      // Included content is at the start of the including line.
      const range = link.targetRange ? undefined : byLine.get(link.range.start.line);
      return range ? { ...link, range } : link;
    };
    return {
      title: title ?? this.title,
      links: targets.links.map(atInclude),
      images: targets.images.map(atInclude),
      anchors: targets.anchors.map(anchor => this.#anchor(anchor, headings)),
      definitions: Array.from(this.references, ([id, { target, written: place }]) => ({
        id,
        target,
        targetRange: this.rangeAt(place.from, place.to),
      })),
      includes: written.map(({ path, range, file, problem }) => ({ path, range, file, problem })),
    };
  }

  /** Adds the places of headings to sections. */
  placed(sections: readonly PageSection[]): readonly PlacedSection[] {
    const places = new Map<string, Stretch | undefined>();
    for (const { id, element, written } of this.#collected().anchors) {
      if (!places.has(id)) places.set(id, element ? placeOf(element) : written);
    }
    return sections.map(section => {
      const place = section.anchor === undefined ? undefined : places.get(section.anchor);
      return { ...section, range: place && this.rangeAt(place.from, place.to) };
    });
  }

  #anchor(
    { id, element, written, writtenId }: Anchor,
    headings: ReadonlyMap<Element, FoundHeading>,
  ): PageAnchor {
    const heading = element && headings.get(element);
    const place = element ? placeOf(element) : written;
    const idPlace = element ? place && this.#writtenId(id, place) : writtenId;
    return {
      id,
      range: this.rangeOf(place),
      idRange: this.rangeOf(idPlace),
      heading: heading && { level: heading.level, title: heading.title },
    };
  }

  /** Returns the range of an id in the attribute list after an element. */
  #writtenId(id: string, { from, to }: Stretch): Stretch | undefined {
    const text = this.#written.slice(from, to);
    const list = /\{:?[^{}\n]*\}$/.exec(withoutTrailing(text.trimEnd(), '#').trimEnd());
    if (!list) return undefined;
    const at = list[0].search(new RegExp(`(?<=[{: ]#)${escaped(id)}(?=[ }])`));
    const start = from + list.index + at;
    return at === -1 ? undefined : { from: start, to: start + id.length };
  }
}

/** Returns the place of an element in the page; undefined for a generated one. */
function placeOf(element: Element): Stretch | undefined {
  const { from, to } = rangeOf(element);
  return from === undefined ? undefined : { from, to };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
