import type { Extensions } from '../config';
import {
  autolinkRule,
  automailRule,
  entityRule,
  htmlRule,
  lineBreakRule,
  magicLinkRule,
  magicMailRule,
  newlineRule,
} from './autolinks';
import { codeSpanRule, escapeRule } from './code';
import { delimiterRule, emphasisFamilies, loneDelimiterRule, markupFamilies } from './delimiters';
import type { InlineRule } from './inlineRule';
import { keysRules } from './keys';
import { footnoteReferenceRule, linkRules } from './links';
import { inlineMathRule } from './math';
import { shorthandRules } from './shorthands';
import { emojiRule } from './symbols';

/** Returns inline rules by descending priority, as in Python-Markdown's registry. */
export function inlineRules(extensions: Extensions): InlineRule[] {
  const on = (extension: string, ...rules: (() => InlineRule)[]): InlineRule[] =>
    extensions.has(extension) ? rules.map(rule => rule()) : [];
  const families = markupFamilies(extensions);
  // These three extensions register their rule for lone delimiters under one name: the last wins.
  const lone = families.at(-1)?.delimiter;
  const keys = extensions.has('pymdownx.keys') ? keysRules(extensions) : undefined;
  return [
    codeSpanRule(extensions),
    ...on('pymdownx.arithmatex', () => inlineMathRule(extensions)),
    ...(keys ? [keys.quoted] : []),
    escapeRule,
    ...on('footnotes', footnoteReferenceRule),
    ...linkRules,
    autolinkRule(extensions),
    automailRule,
    lineBreakRule,
    htmlRule,
    ...on(
      'pymdownx.magiclink',
      () => magicLinkRule(extensions),
      () => magicMailRule,
    ),
    entityRule,
    ...(extensions.has('pymdownx.magiclink') ? shorthandRules(extensions) : []),
    ...on('pymdownx.emoji', () => emojiRule(extensions)),
    loneDelimiterRule('*_'),
    ...(keys ? [keys.plain] : []),
    ...(lone === undefined ? [] : [loneDelimiterRule(lone)]),
    ...families.map(delimiterRule),
    ...emphasisFamilies(extensions).map(delimiterRule),
    ...on('nl2br', () => newlineRule),
  ];
}

const always = '\\`*_{}[]()>#+-.!';

/** Returns the characters that a backslash escapes. */
export function escapableCharacters(extensions: Extensions): Set<string> {
  const characters = new Set(always);
  const add = (extension: string, added: string): void => {
    if (extensions.has(extension)) for (const character of added) characters.add(character);
  };
  add('tables', '|');
  if (extensions.flag('pymdownx.caret', 'superscript', true)) add('pymdownx.caret', ' ');
  add('pymdownx.caret', '^');
  add('pymdownx.mark', '=');
  if (extensions.flag('pymdownx.tilde', 'subscript', true)) add('pymdownx.tilde', ' ');
  add('pymdownx.tilde', '~');
  add('pymdownx.emoji', ':');
  add('pymdownx.arithmatex', '$');
  const shorthands = ['repo_url_shorthand', 'social_url_shorthand'];
  if (shorthands.some(option => extensions.flag('pymdownx.magiclink', option, false))) {
    add('pymdownx.magiclink', '@');
  }
  return characters;
}
