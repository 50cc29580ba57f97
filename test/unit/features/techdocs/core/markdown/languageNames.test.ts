import { expect, it } from 'vitest';
import { CodeRenderer } from '../../../../../../src/features/techdocs/core/markdown/render/codeBlock';
import { Extensions } from '../../../../../../src/features/techdocs/core';

const renderer = new CodeRenderer(
  new Extensions({ 'pymdownx.highlight': { pygments_lang_class: true } }),
  undefined,
);

it.each(['tsx', 'vue', 'rego', 'json5', 'gleam', 'pyi'])(
  'knows %s, as Pygments 2.20 does',
  language => expect(renderer.inline('a', language).classes).toBe(`language-${language} highlight`),
);

it.each(['yml', 'caddyfile', 'unknown'])('takes %s for text, as Pygments 2.20 does', language =>
  expect(renderer.inline('a', language).classes).toBe('language-text highlight'),
);
