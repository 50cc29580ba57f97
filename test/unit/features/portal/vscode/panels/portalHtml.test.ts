import { describe, expect, it } from 'vitest';
import type { PortalPage } from '../../../../../../src/api';
import {
  newNonce,
  portalHtml,
} from '../../../../../../src/features/portal/vscode/panels/portalHtml';
import { readPictureHosts } from '../../../../../../src/features/techdocs/core/pages';

describe('portalHtml', () => {
  it('allows scripts and styles only from the extension', () => {
    const html = htmlOf({ page: 'home' });
    const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    const rules = Object.fromEntries(
      policy.split('; ').map(rule => {
        const [name = '', ...sources] = rule.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(rules).toEqual({
      'default-src': `'none'`,
      'script-src': `'nonce-abc' https://resources.test`,
      'style-src': `https://resources.test 'nonce-abc'`,
      'style-src-attr': `'unsafe-inline'`,
      'font-src': 'https://resources.test',
      'img-src': 'https://resources.test data: blob:',
      'worker-src': 'blob:',
      'base-uri': `'none'`,
      'form-action': `'none'`,
    });
  });

  it('allows images, but nothing else, from configured hosts', () => {
    const hosts = readPictureHosts([
      'img.shields.io',
      '*.example.com',
      'a.test:8443',
      'B.TEST',
      '*',
      'localhost',
      "x'; script-src *",
      'a b',
      'https://c.test',
      'c.test/path',
      '',
      'data:',
      '*.*',
      7,
    ]);
    const html = htmlOf({ page: 'home' }, hosts);
    const added = [
      'https://img.shields.io',
      'https://*.example.com',
      'https://a.test:8443',
      'https://b.test',
      'https:',
      'https://localhost',
    ];
    expect(html).toContain(`img-src https://resources.test data: blob: ${added.join(' ')};`);
    const others = html.replace(/img-src [^;]*;/, '');
    for (const source of added) expect(others).not.toContain(` ${source} `);
  });

  it('has no inline script, style or handler', () => {
    const html = htmlOf({ page: 'home' });
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toMatch(/<script[^>]* src="[^"]+"><\/script>/);
    // The app replaces the body and needs the script's nonce afterwards.
    expect(html.indexOf('<script')).toBeLessThan(html.indexOf('</head>'));
    expect(html).not.toMatch(/<style| style=| on[a-z]+=/);
  });

  it('escapes page data in its attribute', () => {
    const evil = `component:default/x"><script>alert(1)</script><a b='`;
    const html = htmlOf({ page: 'entity', entityRef: evil });
    expect(html.match(/<script/g)).toHaveLength(1);
    const [, attribute = ''] = /data-start="([^"]*)"/.exec(html) ?? [];
    const start: unknown = JSON.parse(
      attribute
        .replaceAll('&quot;', '"')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    );
    expect(start).toMatchObject({ page: { entityRef: evil } });
  });

  it('has a new nonce each time', () => {
    expect(newNonce()).toMatch(/^[0-9a-f]{32}$/);
    expect(newNonce()).not.toBe(newNonce());
  });
});

function htmlOf(page: PortalPage, pictureHosts: readonly string[] = []): string {
  return portalHtml({
    cspSource: 'https://resources.test',
    nonce: 'abc',
    urlOf: name => `https://resources.test/${name}`,
    start: { page, singleKeys: true, texts: {}, locale: 'en' },
    pictureHosts,
  });
}
