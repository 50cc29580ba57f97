import type { Extensions } from '../config';
import { Element } from '../text/element';
import data from './emojione.json';
import type { InlineRule } from './inlineRule';

interface Emoji {
  /** Code points of the picture's name. */
  readonly picture: string;
  readonly characters: string;
}

let known: ReadonlyMap<string, Emoji> | undefined;

/** By short name, aliases included. Unpacked when a page first has a colon for it. */
function emojis(): ReadonlyMap<string, Emoji> {
  if (known) return known;
  const byName = new Map<string, Emoji>();
  for (const entry of data.emoji.split(';')) {
    const [name = '', picture = '', shown = picture] = entry.split(' ');
    const characters = shown
      .split('-')
      .map(point => String.fromCodePoint(Number.parseInt(point, 16)))
      .join('');
    byName.set(name, { picture, characters });
  }
  for (const entry of data.aliases.split(';')) {
    const [name = '', of = ''] = entry.split(' ');
    const emoji = byName.get(of);
    if (emoji) byName.set(name, emoji);
  }
  known = byName;
  return byName;
}

const folders = {
  svg: 'https://cdnjs.cloudflare.com/ajax/libs/emojione/2.2.7/assets/svg/',
  png: 'https://cdnjs.cloudflare.com/ajax/libs/emojione/2.2.7/assets/png/',
};

/** `:smile:`, as a picture with the character as its text. */
export function emojiRule(extensions: Extensions): InlineRule {
  const generator = extensions.text('pymdownx.emoji', 'emoji_generator', 'to_png');
  const type = generator.includes('svg') ? 'svg' : 'png';
  const alone = generator.includes('to_alt');
  return {
    name: 'emoji',
    trigger: /:[+\-\p{L}\p{N}_]+:/gu,
    match(source, at, _before, { page }) {
      const { text } = source;
      const end = text.indexOf(':', at + 1);
      const shortName = text.slice(at, end + 1);
      const emoji = emojis().get(text.slice(at + 1, end));
      // What looks like one is nothing else either.
      if (!emoji) return { from: at, to: end + 1, node: shortName };
      if (alone) return { from: at, to: end + 1, node: page.stash.store(emoji.characters) };
      const node = new Element('img', {
        alt: emoji.characters,
        class: 'emojione',
        src: `${folders[type]}${emoji.picture}.${type}`,
        title: shortName,
      });
      return { from: at, to: end + 1, node };
    },
  };
}
