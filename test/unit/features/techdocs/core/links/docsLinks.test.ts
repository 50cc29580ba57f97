import { describe, expect, it } from 'vitest';
import type { TechDocsPage } from '../../../../../../src/api';
import { docsFolderOf, DocsLinks } from '../../../../../../src/features/techdocs/core';

const docs = 'file:///work/orders/docs';

function aPage(path: string, url: string, file = `${docs}/${path}`): TechDocsPage {
  return { path, url, file, title: path, isInNav: true, meta: {} };
}

const home = aPage('index.md', '');
const setup = aPage('guide/setup.md', 'guide/setup/');
const guide = aPage('guide/index.md', 'guide/');
const spaced = aPage('guide/two words.md', 'guide/two%20words/');
const other = aPage('billing/index.md', 'billing/', 'file:///work/billing/docs/index.md');
const links = new DocsLinks({
  pages: [home, setup, guide, spaced, other],
  redirects: new Map([['old/', 'guide/setup.md']]),
});

describe('link of a page', () => {
  it.each([
    ['guide/setup.md', home, setup],
    ['./guide/setup.md', home, setup],
    ['../index.md', setup, home],
    ['setup.md', guide, setup],
    ['two%20words.md', setup, spaced],
    ['two words.md', setup, spaced],
    ['../billing/index.md', setup, other],
    // A browser resolves links that MkDocs keeps against `…/guide/setup/`.
    ['../', setup, guide],
    ['../../', setup, home],
    ['../two%20words/', setup, spaced],
    ['guide/setup/', home, setup],
    ['guide/setup/index.html', home, setup],
    ['old/', home, setup],
  ])('%s from %j refers to a page', (href, from, page) => {
    expect(links.resolve(href, from)).toEqual({ type: 'page', page });
  });

  it.each([
    ['guide/setup.md#first-steps', { type: 'page', page: setup, anchor: 'first-steps' }],
    ['guide/setup.md?a=b#%C3%BCber', { type: 'page', page: setup, anchor: 'über' }],
    ['#top', { type: 'anchor', anchor: 'top' }],
    ['', { type: 'anchor', anchor: '' }],
    ['https://example.com/a', { type: 'url', url: 'https://example.com/a' }],
    ['//example.com/a', { type: 'url', url: '//example.com/a' }],
    ['mailto:a@example.com', { type: 'url', url: 'mailto:a@example.com' }],
    ['javascript:alert(1)', { type: 'url', url: 'javascript:alert(1)' }],
    [
      '/catalog/Default/Component/Orders',
      { type: 'entity', entityRef: 'component:default/orders' },
    ],
    [
      '/docs/default/component/orders/guide/setup#a',
      { type: 'docs', entityRef: 'component:default/orders', path: 'guide/setup', anchor: 'a' },
    ],
    ['/create', { type: 'app', path: '/create' }],
    ['files/plan.pdf', { type: 'file', file: `${docs}/files/plan.pdf` }],
    ['missing.md', { type: 'file', file: `${docs}/missing.md` }],
    ['../README.md', { type: 'outside', file: 'file:///work/orders/README.md' }],
    ['%', { type: 'file', file: `${docs}/%25` }],
  ])('%s is resolved', (href, target) => {
    expect(links.resolve(href, home)).toEqual(target);
  });

  it('of an included site is relative to its own docs', () => {
    expect(docsFolderOf(other)).toBe('file:///work/billing/docs');
    expect(links.resolve('plan.pdf', other)).toEqual({
      type: 'file',
      file: 'file:///work/billing/docs/plan.pdf',
    });
    expect(links.resolve('../index.md', other)).toEqual({ type: 'page', page: home });
  });
});
