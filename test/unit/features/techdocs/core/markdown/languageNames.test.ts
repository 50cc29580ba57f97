import { expect, it } from 'vitest';
import { CodeRenderer } from '../../../../../../src/features/techdocs/core/markdown/render/codeBlock';
import { Extensions } from '../../../../../../src/features/techdocs/core';

const renderer = new CodeRenderer(
  new Extensions({ 'pymdownx.highlight': { pygments_lang_class: true } }),
  undefined,
);

it.each(['tsx', 'vue', 'rego', 'json5', 'gleam', 'pyi'])(
  'recognizes %s, like Pygments 2.20',
  language => expect(renderer.inline('a', language).classes).toBe(`language-${language} highlight`),
);

it.each(['yml', 'caddyfile', 'unknown'])('treats %s as text, like Pygments 2.20', language =>
  expect(renderer.inline('a', language).classes).toBe('language-text highlight'),
);
