import type {
  CatalogService,
  LinkTarget,
  TechDocsContent,
  TechDocsPage,
  TechDocsService,
} from '../../../../api';
import { basenameUri, type Translate } from '../../../../base';
import { isSafeUrl } from '../../../../model/presentation';
import type { FileStat, FileSystem } from '../../../../platform/core/ports';
import { DocsLinks, type DocsLinkTarget } from '..';
import type { DocsLink, DocsNavItem } from './docsView';
import { pictureType, webPictureOf } from './webPictures';

/** In bytes. Larger images aren't shown. */
const MAX_PICTURE = 20_000_000;

export interface DocsTargetsDeps {
  readonly catalog: CatalogService;
  readonly techdocs: TechDocsService;
  readonly fileSystem: FileSystem;
  readonly translate: Translate;
  /** Returns the hosts that images may be loaded from. */
  readonly pictureHosts: () => readonly string[];
}

/** An image, or why it can't be shown. */
export type PictureTarget =
  | {
      readonly type: 'picture';
      readonly file: string;
      readonly mime: string;
      readonly stat: FileStat;
    }
  /** Image that the page loads from the web. */
  | { readonly type: 'web'; readonly url: string; readonly file?: undefined }
  /** `file`: expected location. */
  | { readonly type: 'broken'; readonly reason: string; readonly file?: string };

/** Resolves links and images of docs to targets, or to messages why there is none. */
export class DocsTargets {
  #deps: DocsTargetsDeps;
  #links = new WeakMap<TechDocsContent, DocsLinks>();

  constructor(deps: DocsTargetsDeps) {
    this.#deps = deps;
  }

  linksOf(content: TechDocsContent): DocsLinks {
    const links = this.#links.get(content) ?? new DocsLinks(content);
    this.#links.set(content, links);
    return links;
  }

  async linkOf(href: string, page: TechDocsPage, content: TechDocsContent): Promise<DocsLink> {
    const link = this.linksOf(content).resolve(href, page);
    if (link.type === 'anchor') return { type: 'anchor', id: link.anchor };
    const target = await this.#targetOf(link, content.site.id);
    if (typeof target !== 'string') return { type: 'target', target };
    return { type: 'broken', reason: target };
  }

  async pictureOf(
    source: string,
    page: TechDocsPage,
    content: TechDocsContent,
  ): Promise<PictureTarget> {
    const { fileSystem, translate } = this.#deps;
    const link = this.linksOf(content).resolve(source, page);
    if (link.type === 'url') return webPictureOf(link.url, this.#deps);
    if (link.type !== 'file') {
      return { type: 'broken', reason: translate("This image doesn't exist in the docs folder.") };
    }
    const { file } = link;
    const mime = pictureType(basenameUri(file));
    if (mime === undefined) {
      return { type: 'broken', reason: translate("This type of image can't be shown."), file };
    }
    const stat = await statOf(file, fileSystem);
    if (stat?.type !== 'file') {
      const reason = translate("This image doesn't exist in the docs folder.");
      return { type: 'broken', reason, file };
    }
    if (stat.size > MAX_PICTURE) {
      return { type: 'broken', reason: translate('This image is too large to show.'), file };
    }
    return { type: 'picture', file, mime, stat };
  }

  /** Resolves a link, or returns a message why it leads nowhere. */
  async #targetOf(link: DocsLinkTarget, site: string): Promise<LinkTarget | string> {
    const { catalog, fileSystem, techdocs, translate } = this.#deps;
    switch (link.type) {
      case 'page':
        return docsTarget(site, link.page.path, link.anchor);
      case 'url':
        return isSafeUrl(link.url)
          ? { type: 'url', url: link.url }
          : translate("Addresses of this type can't be opened.");
      case 'entity':
        return catalog.getEntityByRef(link.entityRef)
          ? { type: 'entity', entityRef: link.entityRef }
          : translate('{0} is not in the catalog.', link.entityRef);
      case 'docs': {
        const place = await techdocs.locate(link.entityRef);
        if (!place) return translate('{0} has no docs in this workspace.', link.entityRef);
        if (place.type === 'web') return { type: 'url', url: place.url };
        const path = [place.path, link.path].filter(part => part !== '').join('/');
        if (place.type === 'instance') return docsTarget(place.siteId, path, link.anchor);
        const other = await techdocs.loadContent(place.siteId);
        const page = other && this.linksOf(other).pageAt(path);
        if (!page) return translate("The docs of {0} don't have this page.", link.entityRef);
        return docsTarget(place.siteId, page.path, link.anchor);
      }
      case 'file': {
        const stat = await statOf(link.file, fileSystem);
        return stat?.type === 'file'
          ? { type: 'source', file: link.file }
          : translate("This page or file doesn't exist.");
      }
      case 'outside':
        return translate("This file is outside the docs folder, so TechDocs doesn't publish it.");
      case 'app':
        return translate("Callboard doesn't have this Backstage page.");
      default:
        return translate("This page or file doesn't exist.");
    }
  }
}

/** Returns the link target of a page and an anchor. */
export function docsTarget(site: string, path: string, anchor: string | undefined): LinkTarget {
  return {
    type: 'page',
    page: { page: 'docs', site, path, ...(anchor !== undefined && { anchor }) },
  };
}

/**
 * Returns the titles of the sections around a page, the outermost first; undefined if no item has
 * the page.
 */
export function sectionsAround(
  path: string,
  items: readonly DocsNavItem[],
): readonly string[] | undefined {
  for (const item of items) {
    if (item.path === path) return [];
    const below = item.children && sectionsAround(path, item.children);
    if (below) return [item.title, ...below];
  }
  return undefined;
}

/** Treats unreadable files as missing. */
async function statOf(file: string, fileSystem: FileSystem): Promise<FileStat | undefined> {
  try {
    return await fileSystem.stat(file);
  } catch {
    // An unreadable place isn't there for the reader.
    return undefined;
  }
}
