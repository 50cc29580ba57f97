import { ownValue } from '../../../../../base';
import type { Extensions } from '../config';
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

/* What they begin with comes first: looking back from each letter of a page takes far longer. */

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

/** `(c)`, `-->`, `1/2`, `1st` …: looked for when all other inline rules are done. */
export function symbolRules(extensions: Extensions): InlineRule[] {
  return symbols
    .filter(({ option }) => extensions.flag('pymdownx.smartsymbols', option, true))
    .map(({ option, trigger, html }) => ({
      name: `smart-${option}`,
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
