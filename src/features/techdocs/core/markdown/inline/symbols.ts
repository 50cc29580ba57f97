import { ownValue } from '../../../../../base';
import type { Extensions } from '../config';
import { Element } from '../text/element';
import data from './emojione.json';
import type { InlineRule } from './inlineRule';

interface Symbol {
  readonly option: string;
  readonly trigger: RegExp;
  readonly html: (found: string) => string;
}

const arrows: Readonly<Record<string, string>> = {
  '-->': '&rarr;',
  '<--': '&larr;',
  '<-->': '&harr;',
};

const fractions: Readonly<Record<string, string>> = {
  '1/4': '&frac14;',
  '1/2': '&frac12;',
  '3/4': '&frac34;',
  '1/3': '&#8531;',
  '2/3': '&#8532;',
  '1/5': '&#8533;',
  '2/5': '&#8534;',
  '3/5': '&#8535;',
  '4/5': '&#8536;',
  '1/6': '&#8537;',
  '5/6': '&#8538;',
  '1/8': '&#8539;',
  '3/8': '&#8540;',
  '5/8': '&#8541;',
  '7/8': '&#8542;',
};

/* Patterns start with literal text, since lookbehind at each letter is far slower. */

const word = '[\\p{L}\\p{N}_]';

const symbols: readonly Symbol[] = [
  { option: 'trademark', trigger: /\(tm\)/g, html: () => '&trade;' },
  { option: 'copyright', trigger: /\(c\)/g, html: () => '&copy;' },
  { option: 'registered', trigger: /\(r\)/g, html: () => '&reg;' },
  { option: 'plusminus', trigger: /\+\/-/g, html: () => '&plusmn;' },
  {
    option: 'arrows',
    trigger: /<-->|(?<!-)-->|<--(?!-)/g,
    html: found => ownValue(arrows, found) ?? found,
  },
  { option: 'notequal', trigger: /=\/=/g, html: () => '&ne;' },
  {
    option: 'fractions',
    trigger: new RegExp(
      `(?=[1-7])(?<!\\p{Nd})(?:${Object.keys(fractions).join('|')})(?!\\p{Nd})`,
      'gu',
    ),
    html: found => ownValue(fractions, found) ?? found,
  },
  {
    option: 'ordinal_numbers',
    trigger: new RegExp(
      `(?=[0-9])(?<!${word})(?:[1-9][0-9]*)?(?:(?<=1)[123]th|1st|2nd|3rd|[04-9]th)(?!${word})`,
      'gu',
    ),
    html: found => `${found.slice(0, -2)}<sup>${found.slice(-2)}</sup>`,
  },
  {
    option: 'care_of',
    trigger: new RegExp(`(?=c/o)(?<!${word})c/o(?!${word})`, 'gu'),
    html: () => '&#8453;',
  },
];

/** `(c)`, `-->`, `1/2`, `1st`, …: run after all other inline rules. */
export function symbolRules(extensions: Extensions): InlineRule[] {
  return symbols
    .filter(({ option }) => extensions.flag('pymdownx.smartsymbols', option, true))
    .map(({ trigger, html }) => ({
      trigger,
      match({ text }, at, _before, { page }) {
        const sticky = new RegExp(trigger.source, `${trigger.flags.replace('g', '')}y`);
        sticky.lastIndex = at;
        const found = sticky.exec(text)?.[0];
        if (found === undefined) return undefined;
        return { from: at, to: at + found.length, node: page.stash.store(html(found)) };
      },
    }));
}

interface Emoji {
  /** Code points in the image's file name. */
  readonly picture: string;
  readonly characters: string;
}

/** Code points of skin tones. A name with `*` has variants for all of them. */
const tones = ['1f3fb', '1f3fc', '1f3fd', '1f3fe', '1f3ff'];
const untoned = (name: string): string => name.replace('*', '');
/** From a letter to the one of a flag. */
const LETTERS = 0x1f1e6 - 'a'.charCodeAt(0);

let known: ReadonlyMap<string, Emoji> | undefined;

/** Emoji by short name, including aliases. Unpacked on demand. */
function emojis(): ReadonlyMap<string, Emoji> {
  if (known) return known;
  const byName = new Map<string, Emoji>();
  const add = (name: string, picture: string, shown = picture): void => {
    const points = shown.split('-').map(point => Number.parseInt(point, 16));
    byName.set(name, { picture, characters: String.fromCodePoint(...points) });
  };
  for (const entry of data.emoji.split(';')) {
    const [written = '', picture = '', shown] = entry.split(' ');
    const name = untoned(written);
    add(name, picture, shown);
    if (name === written) continue;
    for (const [index, tone] of tones.entries()) {
      add(`${name}_tone${index + 1}`, picture.replace(/^[^-]+/, `$&-${tone}`));
    }
  }
  for (const code of data.flags.split(' ')) {
    const letters = [...code].map(letter => (letter.charCodeAt(0) + LETTERS).toString(16));
    add(`flag_${code}`, letters.join('-'));
    add(code, letters.join('-'));
  }
  for (const entry of data.aliases.split(';')) {
    const [written = '', of = ''] = entry.split(' ');
    const name = untoned(written);
    const endings = name === written ? [''] : ['', ...tones.map((_, index) => `_tone${index + 1}`)];
    for (const ending of endings) {
      const emoji = byName.get(`${of}${ending}`);
      if (emoji) byName.set(`${name}${ending}`, emoji);
    }
  }
  known = byName;
  return byName;
}

const folders = {
  svg: 'https://cdnjs.cloudflare.com/ajax/libs/emojione/2.2.7/assets/svg/',
  png: 'https://cdnjs.cloudflare.com/ajax/libs/emojione/2.2.7/assets/png/',
};

/** `:smile:` as an image, with the character as its alternative text. */
export function emojiRule(extensions: Extensions): InlineRule {
  const generator = extensions.text('pymdownx.emoji', 'emoji_generator', 'to_png');
  const type = generator.includes('svg') ? 'svg' : 'png';
  const alone = generator.includes('to_alt');
  return {
    trigger: /:[+\-\p{L}\p{N}_]+:/gu,
    match(source, at, _before, { page }) {
      const { text } = source;
      const end = text.indexOf(':', at + 1);
      const shortName = text.slice(at, end + 1);
      const emoji = emojis().get(text.slice(at + 1, end));
      // Unknown names are text that later rules skip.
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
