import type {
  SearchDocument,
  SearchFacets,
  TechDocsPage,
  TechDocsSection,
  TechDocsSite,
} from '../../../../api';

/** Of a page with more, the last one says all that follows. */
const MOST_SECTIONS = 2000;

/** Whose a site is. */
export interface SiteOwner {
  /** Full ref. */
  readonly ref: string | undefined;
  readonly facets: SearchFacets;
}

/** A page by its sections; by its title alone, where it says nothing. */
export function pageDocuments(
  page: TechDocsPage,
  {
    site,
    owner,
    sections,
  }: {
    readonly site: Pick<TechDocsSite, 'id' | 'name'>;
    readonly owner: SiteOwner;
    readonly sections: readonly TechDocsSection[];
  },
): readonly SearchDocument[] {
  const ids = new UniqueIds();
  /** The headings that the section is below. */
  let above: TechDocsSection[] = [];
  return (sections.length ? limited(sections) : [nothing]).map(section => {
    const { anchor, level, title, text, range } = section;
    above = above.filter(heading => heading.level < level);
    // The first heading of a page most often is its title.
    const isPage = title === '' || title === page.title;
    const path = [page.title, ...above.map(heading => heading.title)].filter(
      (part, at, parts) => part !== '' && part !== parts[at - 1],
    );
    if (level > 0) above.push(section);
    return {
      id: ids.of(anchor === undefined ? page.path : `${page.path}#${anchor}`),
      title: title || page.title,
      text,
      ...(anchor !== undefined && tellsMore(anchor, title) && { keywords: [anchor] }),
      path: isPage && path.length === 1 ? [site.name] : [site.name, ...path],
      ...(owner.ref !== undefined && { ref: owner.ref }),
      facets: owner.facets,
      location: { file: page.file, ...(range && { range }) },
      target: {
        type: 'page',
        page: {
          page: 'docs',
          site: site.id,
          path: page.path,
          ...(anchor !== undefined && { anchor }),
        },
      },
    };
  });
}

const nothing: TechDocsSection = {
  anchor: undefined,
  level: 0,
  title: '',
  text: '',
  range: undefined,
};

/** Whether an id was given to a heading; those that are made of the title say nothing more. */
function tellsMore(anchor: string, title: string): boolean {
  return !lettersOf(title).includes(lettersOf(anchor.replace(/_\d+$/, '')));
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function limited(sections: readonly TechDocsSection[]): readonly TechDocsSection[] {
  const last = sections[MOST_SECTIONS - 1];
  if (!last || sections.length === MOST_SECTIONS) return sections;
  const rest = sections.slice(MOST_SECTIONS).flatMap(({ title, text }) => [title, text]);
  const text = [last.text, ...rest].filter(Boolean).join(' ');
  return [...sections.slice(0, MOST_SECTIONS - 1), { ...last, text }];
}

/** In HTML, nothing keeps two headings from having the same id, or none. */
class UniqueIds {
  #taken = new Set<string>();

  of(wanted: string): string {
    let id = wanted;
    for (let count = 2; this.#taken.has(id); count++) id = `${wanted} ${count}`;
    this.#taken.add(id);
    return id;
  }
}
