import { describe, expect, it } from 'vitest';
import {
  HtmlTooDeepError,
  readBuiltPage,
} from '../../../../../../src/features/techdocs/core/built';

const { signal } = new AbortController();

describe('page built with Material', () => {
  it('is extracted from its frame', async () => {
    const page = await readBuiltPage(material({ content: SETUP }), signal);
    expect(page).toMatchObject({
      title: 'Set it up',
      headings: [
        {
          id: 'set-it-up',
          title: 'Set it up',
          level: 1,
          children: [
            { id: 'before', title: 'Before & after', level: 2, children: [] },
            { id: 'then', title: 'Then', level: 2, children: [] },
          ],
        },
      ],
      links: ['#set-it-up', '../', '#before', 'https://example.com/?a=1&b=2', '#then'],
      images: ['../img/plan.png'],
    });
    expect(page.html.trim().split('\n')).toEqual(SETUP.split('\n').slice(1, -1));
  });

  it('has the navigation of its site', async () => {
    const { nav } = await readBuiltPage(material({ content: SETUP }), signal);
    expect(nav).toEqual([
      { title: 'Home', href: '../', children: [] },
      {
        title: 'Guides',
        href: undefined,
        children: [
          { title: 'Set it up', href: './', children: [] },
          {
            title: 'Deep',
            href: 'deep/',
            children: [{ title: 'Deeper', href: 'deep/er/', children: [] }],
          },
        ],
      },
      { title: 'Elsewhere', href: 'https://example.com/', children: [] },
    ]);
  });
});

describe('page of another theme', () => {
  it('is the element marked as main', async () => {
    const text = `<title>Start - Shop</title><body><nav>menu</nav><div role="main"><p>Text</p></div><footer>foot</footer>`;
    const { html, title, nav } = await readBuiltPage(text, signal);
    expect({ html, title, nav }).toEqual({ html: '<p>Text</p>', title: 'Start - Shop', nav: [] });
  });

  it('is the whole text without a frame', async () => {
    const { html } = await readBuiltPage('<p>Text <b>and', signal);
    expect(html).toBe('<p>Text <b>and');
  });
});

describe('hostile built page', () => {
  it('is kept except for elements without effect here', async () => {
    const text = `<article class="md-content__inner"><script>alert(1)</script><style>a{}</style><p>Text</p><link rel="x"></article><p>outside`;
    expect((await readBuiltPage(text, signal)).html).toBe('<p>Text</p>');
  });

  it('is rejected if it is nested too deep', async () => {
    const text = '<div>'.repeat(100_000);
    await expect(readBuiltPage(text, signal)).rejects.toBeInstanceOf(HtmlTooDeepError);
  });

  it('is read in linear time', async () => {
    const read = async (text: string): Promise<number> =>
      (await readBuiltPage(text, signal)).html.length;
    const texts = [
      '<p>'.repeat(300_000),
      '</b>'.repeat(300_000),
      '<a href="x">'.repeat(500),
      '<'.repeat(1e6),
    ];
    for (const text of [
      ...texts,
      '<!--'.repeat(300_000),
      `<p ${'a=b '.repeat(200_000)}>`,
      '&'.repeat(1e6),
    ]) {
      expect(await read(text)).toBeLessThanOrEqual(text.length);
    }
  });

  it('has a limited number of links', async () => {
    const text = Array.from({ length: 20_000 }, (_, at) => `<a href="${at}">x</a>`).join('');
    expect((await readBuiltPage(text, signal)).links).toHaveLength(5000);
  });

  it('is not read to the end after cancellation', async () => {
    const ending = new AbortController();
    const reading = readBuiltPage('<p>text</p>'.repeat(500_000), ending.signal);
    ending.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

const SETUP = `
<h1 id="set-it-up">Set it up<a class="headerlink" href="#set-it-up" title="Permanent link">&para;</a></h1>
<p>See <a href="../">home</a><br>and <img alt="" src="../img/plan.png"></p>
<h2 id="before">Before &amp; after<a class="headerlink" href="#before">&para;</a></h2>
<p><a href="https://example.com/?a=1&amp;b=2">web</a></p>
<h2 id="then">Then<a class="headerlink" href="#then">&para;</a></h2>
`;

function material({ content }: { readonly content: string }): string {
  return `<!doctype html>
<html lang="en" class="no-js"><head><title>Set it up - Shop</title></head>
<body dir="ltr"><script>var palette=__md_get("<article class=md-content__inner>")</script>
<header class="md-header" data-md-component="header"><a href=".." class="md-header__button md-logo">logo</a></header>
<div class="md-container"><main class="md-main"><div class="md-main__inner md-grid">
<div class="md-sidebar md-sidebar--primary"><div class="md-sidebar__inner">
<nav class="md-nav md-nav--primary" aria-label="Navigation" data-md-level="0">
  <label class="md-nav__title" for="__drawer"><a href=".." class="md-nav__button md-logo">logo</a>Shop</label>
  <ul class="md-nav__list" data-md-scrollfix>
    <li class="md-nav__item"><a href="../" class="md-nav__link"><span class="md-ellipsis">Home</span></a></li>
    <li class="md-nav__item md-nav__item--active md-nav__item--nested">
      <input class="md-nav__toggle md-toggle" type="checkbox" id="__nav_2" checked>
      <label class="md-nav__link" for="__nav_2" id="__nav_2_label" tabindex="0">
        <span class="md-ellipsis">Guides</span><span class="md-nav__icon md-icon"></span></label>
      <nav class="md-nav" data-md-level="1" aria-labelledby="__nav_2_label" aria-expanded="true">
        <label class="md-nav__title" for="__nav_2"><span class="md-nav__icon md-icon"></span>Guides</label>
        <ul class="md-nav__list" data-md-scrollfix>
          <li class="md-nav__item md-nav__item--active">
            <input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">
            <label class="md-nav__link md-nav__link--active" for="__toc"><span class="md-ellipsis">Set it up</span></label>
            <a href="./" class="md-nav__link md-nav__link--active"><span class="md-ellipsis">Set it up</span></a>
            <nav class="md-nav md-nav--secondary" aria-label="Table of contents"><ul class="md-nav__list">
              <li class="md-nav__item"><a href="#before" class="md-nav__link">Before</a></li></ul></nav>
          </li>
          <li class="md-nav__item md-nav__item--nested">
            <input class="md-nav__toggle md-toggle" type="checkbox" id="__nav_2_2">
            <div class="md-nav__link md-nav__container">
              <a href="deep/" class="md-nav__link "><span class="md-ellipsis">Deep</span></a>
              <label class="md-nav__link" for="__nav_2_2"><span class="md-nav__icon md-icon"></span></label></div>
            <nav class="md-nav" data-md-level="2"><label class="md-nav__title">Deep</label>
              <ul class="md-nav__list"><li class="md-nav__item"><a href="deep/er/" class="md-nav__link"><span class="md-ellipsis">Deeper</span></a></li></ul></nav>
          </li>
        </ul>
      </nav>
    </li>
    <li class="md-nav__item"><a href="https://example.com/" class="md-nav__link"><span class="md-ellipsis">Elsewhere</span></a></li>
  </ul>
</nav></div></div>
<div class="md-sidebar md-sidebar--secondary"><nav class="md-nav md-nav--secondary"><ul class="md-nav__list">
  <li class="md-nav__item"><a href="#then" class="md-nav__link">Then</a></li></ul></nav></div>
<div class="md-content" data-md-component="content">
<article class="md-content__inner md-typeset">
<a href="https://example.com/edit" title="Edit this page" class="md-content__button md-icon"><svg></svg></a>
${content.trim()}
<aside class="md-source-file"><span class="md-source-file__fact">Yesterday</span></aside>
<form class="md-feedback" name="feedback"><button>Yes</button></form>
</article></div>
</div></main>
<footer class="md-footer"><a href="../" class="md-footer__link md-footer__link--prev">Home</a></footer></div>
<script src="../assets/javascripts/bundle.js"></script></body></html>`;
}
