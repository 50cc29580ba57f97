import { type BackstageInstance, type CatalogService, instanceSiteId } from '../../../../api';
import type { Translate } from '../../../../base';
import { type CompoundEntityRef, parseEntityRef } from '../../../../model';
import { isSafeUrl } from '../../../../model/presentation';
import { appTarget } from '..';
import {
  type BuiltNavItem,
  type BuiltSection,
  pagePath,
  resolveInSite,
  type SiteTarget,
} from '../built';
import { docsTarget, sectionsAround } from './docsTargets';
import type { DocsLink, DocsNavItem, DocsPictureState } from './docsView';
import { pictureType, webPictureOf } from './webPictures';

export interface InstanceTargetsDeps {
  readonly instance: BackstageInstance;
  /** Id of the site. */
  readonly site: string;
  readonly entityRef: string;
  /** Path of the page. */
  readonly page: string;
  readonly catalog: Pick<CatalogService, 'getEntityByRef'>;
  readonly pictureHosts: () => readonly string[];
  readonly translate: Translate;
}

/** Resolves links and images of a page that Backstage built. */
export class InstanceTargets {
  readonly #deps: InstanceTargetsDeps;
  readonly #place: CompoundEntityRef;

  constructor(deps: InstanceTargetsDeps) {
    this.#deps = deps;
    this.#place = parseEntityRef(deps.entityRef);
  }

  linkOf(href: string): DocsLink {
    const { site, page, translate } = this.#deps;
    const target = this.#resolve(href);
    switch (target.type) {
      case 'anchor':
        return { type: 'anchor', id: target.anchor };
      case 'page': {
        const { path, anchor } = target;
        if (path === pagePath(page) && anchor !== undefined) return { type: 'anchor', id: anchor };
        return { type: 'target', target: docsTarget(site, path, anchor) };
      }
      case 'file':
        return this.#toUrl(this.#addressOf(target.path));
      case 'app':
        return this.#appLink(target.path, target.anchor);
      case 'web':
        return this.#toUrl(target.url);
      case 'nowhere':
        return { type: 'broken', reason: translate("This page or file doesn't exist.") };
    }
  }

  pictureOf(source: string, version: string): DocsPictureState {
    const target = this.#resolve(source);
    if (target.type === 'web') return webPictureOf(target.url, this.#deps);
    const { translate } = this.#deps;
    if (this.pictureFile(source) !== undefined) return { type: 'picture', version };
    return { type: 'broken', reason: translate("This type of image can't be shown.") };
  }

  /** Returns the site's file of an image; undefined if it isn't one. */
  pictureFile(source: string): string | undefined {
    const target = this.#resolve(source);
    return target.type === 'file' && pictureType(target.path) !== undefined
      ? target.path
      : undefined;
  }

  navItem = ({ title, href, children }: BuiltNavItem): DocsNavItem => {
    const own = href === undefined ? { title } : this.#navLink(title, href);
    if (!children.length) return own;
    const inner = children.map(this.navItem);
    // A section that is also a page.
    return { title, children: own.path === undefined ? inner : [own, ...inner] };
  };

  /** Returns the address of a page in the Backstage app. */
  urlOfPage(path: string): string | undefined {
    const { namespace, kind, name } = this.#place;
    const parts = ['docs', namespace, kind, name, ...pagePath(path).split('/')];
    return this.#webUrl(`/${parts.map(encodeURIComponent).join('/')}`);
  }

  #navLink(title: string, href: string): DocsNavItem {
    const { page } = this.#deps;
    const target = this.#resolve(href);
    if (target.type === 'page') return { title, path: target.path };
    if (target.type === 'anchor') return { title, path: pagePath(page) };
    const link = this.linkOf(href);
    return link.type === 'target' ? { title, target: link.target } : { title };
  }

  #resolve(href: string): SiteTarget {
    const target = resolveInSite(href, this.#deps.page, this.#place);
    if (target.type !== 'web') return target;
    // Absolute addresses of the app count as addresses within it.
    const { origin } = new URL(this.#deps.instance.source.url);
    const url = URL.canParse(target.url, origin) ? new URL(target.url, origin) : undefined;
    if (url?.origin !== origin || !/^\/(?:docs|catalog)\//.test(url.pathname)) return target;
    return resolveInSite(`${url.pathname}${url.hash}`, this.#deps.page, this.#place);
  }

  #appLink(path: string, anchor: string | undefined): DocsLink {
    const { catalog, instance } = this.#deps;
    const target = appTarget(path, anchor);
    if (target.type === 'entity' && catalog.getEntityByRef(target.entityRef)) {
      const { entityRef } = target;
      return { type: 'target', target: { type: 'entity', entityRef } };
    }
    if (target.type === 'docs') {
      const { entityRef } = target;
      const site = instanceSiteId({ sourceId: instance.source.id, entityRef });
      return { type: 'target', target: docsTarget(site, pagePath(target.path), anchor) };
    }
    return this.#toUrl(this.#webUrl(path.split('/').map(encodeURIComponent).join('/')));
  }

  #toUrl(url: string | undefined): DocsLink {
    const { translate } = this.#deps;
    const address = url?.startsWith('//') ? `https:${url}` : url;
    return address !== undefined && isSafeUrl(address)
      ? { type: 'target', target: { type: 'url', url: address } }
      : { type: 'broken', reason: translate("Addresses of this type can't be opened.") };
  }

  /** Returns the address of another file. Backstage serves it to signed-in users. */
  #addressOf(path: string): string | undefined {
    const { namespace, kind, name } = this.#place;
    const parts = [...[namespace, kind, name].map(part => part.toLowerCase()), ...path.split('/')];
    return this.#webUrl(`/api/techdocs/static/docs/${parts.map(encodeURIComponent).join('/')}`);
  }

  #webUrl(path: string): string | undefined {
    return this.#deps.instance.urlOf(path);
  }
}

interface NamedPage {
  readonly path: string;
  readonly title: string;
}

const MAX_PAGES = 2000;

/** Navigation of a site that Backstage built. */
export class InstanceNav {
  readonly items: readonly DocsNavItem[];
  #pages: readonly NamedPage[];

  constructor(items: readonly DocsNavItem[]) {
    this.items = items;
    this.#pages = [...pagesOf(items)];
  }

  titleOf(path: string): string | undefined {
    return this.#pages.find(page => page.path === path)?.title;
  }

  neighboursOf(path: string): { readonly previous?: NamedPage; readonly next?: NamedPage } {
    const at = this.#pages.findIndex(page => page.path === path);
    if (at < 0) return {};
    const [previous, next] = [this.#pages[at - 1], this.#pages[at + 1]];
    return { ...(previous && { previous }), ...(next && { next }) };
  }

  /** Returns the titles of the sections around a page, the outermost first. */
  sectionsOf(path: string): readonly string[] {
    return sectionsAround(path, this.items) ?? [];
  }
}

/** Builds a navigation from the search index, for sites without a readable one. */
export function navOfIndex(sections: readonly BuiltSection[]): readonly DocsNavItem[] {
  const pages = sections.filter(({ anchor }) => anchor === undefined).slice(0, MAX_PAGES);
  return pages.map(({ path, title }) => ({ title: title || path, path }));
}

function* pagesOf(items: readonly DocsNavItem[]): Generator<NamedPage> {
  for (const { title, path, children } of items) {
    if (path !== undefined) yield { path, title };
    if (children) yield* pagesOf(children);
  }
}
