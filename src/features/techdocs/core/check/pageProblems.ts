import type { Range } from '../../../../base';
import type { Problem, Severity } from '../../../../model';
import { type DocsProblemCode, docsSeverities } from '../docsSeverities';
import { appTarget } from '../links/docsLinks';
import { includeMessages } from '../markdown/preprocess/snippets';
import type { PageAnchor, PageIndex, PageLink, PageProblemCode } from '../markdown/types';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { checkHtmlLink, checkLink, type LinkedSite, type LinkCheck } from './checkLink';
import { hasAnchor, similarAnchors, similarPaths } from './similarNames';

export interface PageProblemsDeps {
  readonly site: LinkedSite;
  /** Whether an entity exists. Undefined if the catalog isn't known. */
  readonly hasEntity: ((entityRef: string) => boolean) | undefined;
  /** Returns the index of another page, or undefined if it can't be read. */
  readonly indexOf: (file: SiteFile) => Promise<PageIndex | undefined>;
  /** Whether a missing include fails the build. */
  readonly checksIncludes: boolean;
}

/** Returns the problems of a page: those that MkDocs reports, and others. */
export async function pageProblems(
  page: SiteFile,
  index: PageIndex,
  deps: PageProblemsDeps,
): Promise<readonly Problem[]> {
  const problems = new PageProblems(page, deps);
  problems.includes(index);
  problems.headings(index);
  for (const image of index.images) await problems.link(image, 'image');
  for (const link of index.links) await problems.link(link, 'link');
  return problems.list;
}

const INCLUDE_CODES: Readonly<Record<PageProblemCode, DocsProblemCode>> = {
  'include-missing': 'page-include-missing',
  'include-outside': 'page-include-outside',
  'include-too-large': 'page-include-missing',
};

class PageProblems {
  readonly list: Problem[] = [];
  readonly #page: SiteFile;
  readonly #deps: PageProblemsDeps;

  constructor(page: SiteFile, deps: PageProblemsDeps) {
    this.#page = page;
    this.#deps = deps;
  }

  includes({ includes }: PageIndex): void {
    for (const { path, range, problem } of includes) {
      if (!problem) continue;
      const severity = this.#deps.checksIncludes ? 'error' : undefined;
      this.#add(INCLUDE_CODES[problem], includeMessages[problem](path), { range, severity });
    }
  }

  /** Generated heading ids are always unique; explicit ids may not be. */
  headings({ anchors }: PageIndex): void {
    const firsts = new Map<string, PageAnchor>();
    for (const anchor of anchors) {
      const { id } = anchor;
      const range = anchor.idRange ?? anchor.range;
      const first = firsts.get(id);
      if (!first) firsts.set(id, anchor);
      else if (range && isOther(anchor, first)) {
        const message = `The id '${id}' is used more than once. Links lead to the first element.`;
        const related = first.range && [
          { message: 'The first element', file: this.#page.uri, range: first.range },
        ];
        this.#add('duplicate-heading-id', message, { range, related });
      }
    }
  }

  async link(link: PageLink, what: 'link' | 'image'): Promise<void> {
    const { site } = this.#deps;
    const { form, kind, target } = link;
    if (kind === 'external' || kind === 'mail' || kind === 'empty') return;
    const check =
      form === 'html'
        ? checkHtmlLink(target, this.#page, site)
        : checkLink(target, this.#page, site);
    if (check.fault) this.#fault(link, what, check);
    if (check.target) await this.#anchor(link, check.target);
  }

  #fault(link: PageLink, what: 'link' | 'image', check: LinkCheck): void {
    const { fault, severity, path = '', suggestion } = check;
    const { form, target } = link;
    const range = link.targetRange ?? link.range;
    const add = (code: DocsProblemCode, message: string, suggestions: readonly string[]): void =>
      this.#add(code, message, {
        range,
        severity,
        // Links from included files are fixed there.
        suggestions: link.targetRange ? suggestions : [],
      });
    const suggestions = suggestion === undefined ? [] : [suggestion];
    if (severity === undefined) return;
    switch (fault) {
      case 'absolute': {
        const linked = appTarget(target.split(/[?#]/, 1)[0] ?? '', undefined);
        const ref = 'entityRef' in linked ? linked.entityRef : undefined;
        const { hasEntity } = this.#deps;
        if (ref === undefined || !hasEntity) {
          add('page-link-absolute', `The absolute link '${target}' is left as it is.`, suggestions);
        } else if (!hasEntity(ref)) {
          add('page-entity-missing', `The entity ${ref} isn't in the catalog.`, suggestions);
        }
        break;
      }
      case 'unrecognized':
        add(
          'page-link-unrecognized',
          `The relative link '${target}' is not recognized, it is left as it is.`,
          suggestions,
        );
        break;
      case 'excluded':
        add('page-link-excluded', `'${path}' is excluded from the built site.`, []);
        break;
      default: {
        const code = `page-${what}-missing` as const;
        const message =
          form === 'html'
            ? `Links in HTML aren't rewritten: '${target}' resolves to '${path}', which the site doesn't have.`
            : `The target '${path}' is not found among documentation files.`;
        const near =
          suggestions.length || form === 'html'
            ? suggestions
            : similarPaths(link, this.#page, this.#deps.site);
        add(code, message, near);
      }
    }
  }

  async #anchor(link: PageLink, { file, anchor }: NonNullable<LinkCheck['target']>): Promise<void> {
    const { site, indexOf } = this.#deps;
    const severity: Severity | undefined = site.config.links.anchors;
    if (anchor === undefined || severity === undefined || !file.isPage || !isIncluded(file)) return;
    const index = await indexOf(file);
    if (!index || hasAnchor(anchor, index)) return;
    const isOwn = file.path === this.#page.path;
    const footnote = anchor.startsWith('fnref:')
      ? ' This seems to be a footnote that is never referenced.'
      : '';
    const message = isOwn
      ? `There is no anchor '#${anchor}' on this page.${footnote}`
      : `The doc '${file.path}' does not contain an anchor '#${anchor}'.`;
    const before = link.target.slice(0, link.target.indexOf('#') + 1);
    const near = link.targetRange ? similarAnchors(anchor, index) : [];
    const suggestions = near.map(id => `${before}${id}`);
    const range = link.targetRange ?? link.range;
    this.#add('page-anchor-missing', message, { range, severity, suggestions });
  }

  #add(
    code: DocsProblemCode,
    message: string,
    {
      range,
      severity = docsSeverities[code],
      suggestions = [],
      related,
    }: {
      readonly range: Range;
      readonly severity?: Severity | undefined;
      readonly suggestions?: readonly string[];
      readonly related?: Problem['related'];
    },
  ): void {
    this.list.push({
      code,
      severity,
      message,
      file: this.#page.uri,
      document: 0,
      range,
      ...(suggestions.length > 0 && { suggestions }),
      ...(related && { related }),
    });
  }
}

/**
 * Whether this is a different place. `<a id="steps"></a>` right above `## Steps` is the same place.
 */
function isOther({ range, idRange }: PageAnchor, first: PageAnchor): boolean {
  if (idRange && first.idRange) return true;
  if (!idRange && !first.idRange) return false;
  return !range || !first.range || Math.abs(range.start.line - first.range.start.line) > 2;
}
