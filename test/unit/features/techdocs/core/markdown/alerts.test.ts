import { describe, expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';

// The plugin gh-admonitions 0.1 of techdocs-core, by its documentation: it isn't packaged in Debian.

const engine = new MarkdownEngine({
  extensions: { gh_admonitions: {}, admonition: {}, 'pymdownx.superfences': {} },
});
const render = (text: string): string => engine.render(text).html;

const box = (type: string, title: string, body: string): string =>
  `<div class="admonition ${type}">\n<p class="admonition-title">${title}</p>\n${body}\n</div>`;

describe("GitHub's alerts", () => {
  it.each([
    ['note', 'note', 'Note'],
    ['TIP', 'tip', 'Tip'],
    ['Important', 'warning', 'Important'],
    ['warning', 'warning', 'Warning'],
    ['CAUTION', 'danger', 'Caution'],
  ])('of type %s are admonitions', (written, type, title) => {
    expect(render(`> [!${written}]\n> Body.\n`)).toBe(box(type, title, '<p>Body.</p>'));
  });

  it('contain paragraphs', () => {
    expect(render('> [!note]\n> One.\n>\n> Two.\n')).toBe(
      box('note', 'Note', '<p>One.</p>\n<p>Two.</p>'),
    );
  });

  it('can have a title, as in GitLab', () => {
    expect(render('> [!tip] Own title\n> Body.\n')).toBe(box('tip', 'Own title', '<p>Body.</p>'));
  });

  it('can be enclosed by >>>, as in GitLab', () => {
    expect(render('>>> [!tip]\nBody.\n>>>\n')).toBe(box('tip', 'Tip', '<p>Body.</p>'));
  });

  it('are quotes without a body, in code, or of another type', () => {
    expect(render('> [!note]\n\ntext\n')).toContain('<blockquote>');
    expect(render('> [!other]\n> Body.\n')).toContain('<blockquote>');
    expect(render('```\n> [!tip]\n> x\n```\n')).toContain('&gt; [!tip]');
  });

  it('keep positions of their contents', () => {
    const [link] = engine.render('text\n\n> [!note]\n> See [it](it.md).\n').links;
    expect(link?.range).toEqual({
      start: { line: 3, character: 6 },
      end: { line: 3, character: 17 },
    });
  });
});
