import { dirname } from 'node:path';
import type { TechDocsContent, TechDocsSite } from '../../src/api';
import { basenameUri } from '../../src/base';
import { readHeading, SiteReader } from '../../src/features/techdocs/core';
import type { FileSystem } from '../../src/platform/core/ports';
import { pathToFileUri, NodeFileSystem } from '../../src/platform/node';
import { TestClock } from './testClock';

/** A site in the form of the recordings of the real MkDocs. */
export interface DescribedSite {
  readonly name?: string;
  readonly nav?: readonly unknown[];
  readonly pages?: readonly { readonly path: string }[];
  /** Whether MkDocs doesn't build it. */
  readonly fails?: true;
  /** Navigation entries without a file. */
  readonly missing: readonly string[];
  /** Pages that the navigation leaves out. */
  readonly omitted: readonly string[];
  readonly conflicts: readonly string[];
}

/** Reads the site of a `mkdocs.yml` on the disk. */
export async function readSiteOnDisk(
  config: string,
  boundary = dirname(config),
): Promise<TechDocsContent> {
  const folder = pathToFileUri(dirname(config));
  const site: TechDocsSite = {
    id: folder,
    name: basenameUri(folder),
    folder,
    origin: 'mkdocs',
    config: pathToFileUri(config),
    entityRefs: [],
    sharedWith: [],
  };
  return readSite(site, new NodeFileSystem(), pathToFileUri(boundary));
}

export async function readSite(
  site: TechDocsSite,
  fileSystem: FileSystem,
  boundary: string,
): Promise<TechDocsContent> {
  const reader = new SiteReader(site, {
    fileSystem,
    clock: new TestClock(),
    environment: new Map(),
    readHeading,
    boundary,
    repository: undefined,
  });
  return (await reader.read()).content;
}

/** Problems that make MkDocs or its monorepo plugin fail. */
const FATAL = ['mkdocs-invalid', 'mkdocs-inherit-missing', 'docs-dir-invalid'];

export function describeSite({ nav, pages, problems, site }: TechDocsContent): DescribedSite {
  const told = (code: string, pattern: RegExp): readonly string[] =>
    problems
      .filter(problem => problem.code === code)
      .flatMap(({ message }) => pattern.exec(message)?.[1] ?? []);
  const missing = told('nav-page-missing', /'(.*)' is included in the 'nav' configuration, which/);
  const byFile = new Map(pages.map(({ file, path }) => [file, path]));
  const omitted = problems
    .filter(({ code }) => code === 'page-not-in-nav')
    .flatMap(({ file }) => byFile.get(file ?? '') ?? []);
  const conflicts = told('page-conflict', /^Excluding '(.*)' from the site/);
  const isFatal = problems.some(
    ({ code, message }) =>
      FATAL.includes(code) || (code === 'docs-include-missing' && !message.includes('matches no')),
  );
  if (isFatal) return { fails: true, missing, omitted, conflicts };
  return {
    name: site.name,
    nav: nav.map(describeItem),
    pages: pages.map(page => ({
      path: page.path,
      url: page.url,
      title: page.title,
      editUrl: page.editUrl ?? null,
      previous: page.previous ?? null,
      next: page.next ?? null,
      isInNav: page.isInNav,
    })),
    missing,
    omitted,
    conflicts,
  };
}

function describeItem(item: TechDocsContent['nav'][number]): unknown {
  if (item.type === 'section') return { ...item, children: item.children.map(describeItem) };
  if (item.type === 'page') return item;
  return { type: item.type, title: item.title, url: item.url };
}
