import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../src/model';
import {
  descriptorUrls,
  entityLinks,
  entityTags,
  entityTitle,
  isSafeUrl,
  shortOwnerRef,
} from '../../../../src/model/presentation';
import { anEntity } from '../../../support/inMemoryCatalog';

describe('entityTitle', () => {
  it.each([
    [
      'the title',
      anEntity('Group:a', { profile: { displayName: 'D' } }, { title: ' T\n1 ' }),
      'T 1',
    ],
    ['the display name', anEntity('Group:a', { profile: { displayName: 'D' } }), 'D'],
    ['the name', anEntity('Group:a', { profile: [] }, { title: '  ' }), 'a'],
    ['the name of an unusual entity', anEntity('Group:a', { profile: 'x' }, { title: 7 }), 'a'],
  ])('is %s', (_, entity, expected) => {
    expect(entityTitle(entity)).toBe(expected);
  });
});

describe('links', () => {
  it('have only schemes for browsers and mail programs', () => {
    const links: JsonValue = [
      { url: 'https://example.com', title: 'Site' },
      { url: 'mailto:a@example.com' },
      { url: 'javascript:alert(1)', title: 'Trap' },
      { url: 'file:///etc/passwd' },
      { title: 'No url' },
      'https://example.com',
      null,
    ];
    expect(entityLinks(anEntity('API:a', {}, { links }))).toEqual([
      { url: 'https://example.com', title: 'Site' },
      { url: 'mailto:a@example.com', title: 'mailto:a@example.com' },
    ]);
    expect(entityLinks(anEntity('API:a', {}, { links: 'https://example.com' }))).toEqual([]);
  });

  it('to the descriptor come from its annotations', () => {
    const annotations = {
      'backstage.io/view-url': 'https://example.com/view',
      'backstage.io/edit-url': 'command:evil',
    };
    expect(descriptorUrls(anEntity('API:a', {}, { annotations }))).toEqual({
      view: 'https://example.com/view',
    });
    expect(descriptorUrls(anEntity('API:a', {}, { annotations: [] }))).toEqual({});
  });

  it.each([
    ['http://example.com', true],
    ['HTTPS://example.com', true],
    ['mailto:x@example.com', true],
    ['vscode://callboard.callboard/x', false],
    ['command:workbench.action.quit', false],
    [' javascript:alert(1)', false],
    ['java\nscript:alert(1)', false],
    ['data:text/html,x', false],
    ['//example.com', false],
    ['', false],
  ])('%j may be opened: %s', (url, expected) => {
    expect(isSafeUrl(url)).toBe(expected);
  });
});

describe('entityTags', () => {
  it('returns the unique strings', () => {
    expect(entityTags(anEntity('API:a', {}, { tags: ['a', 1, '', 'b', 'a'] }))).toEqual(['a', 'b']);
  });
});

describe('shortOwnerRef', () => {
  it.each([
    ['group:default/team-a', 'team-a'],
    ['user:default/jane', 'user:jane'],
    ['group:ops/team-a', 'ops/team-a'],
    ['user:ops/jane', 'user:ops/jane'],
  ])('%s is %s', (ref, expected) => {
    expect(shortOwnerRef(ref)).toBe(expected);
  });
});
