import { ownValue } from '../../../../../base';
/**
 * A name as one of a folder.
 *
 * Source: `slugify` of python-slugify, for what it has no table of scripts for: letters without a Latin form
 * are left out here, where it spells them.
 */
export function slugOf(name: string): string {
  return name
    .replace(/'+/g, '-')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþ]/gi, letter => ownValue(SPELLED, letter.toLowerCase()) ?? '')
    .toLowerCase()
    .replace(/(?<=\d),(?=\d)/g, '')
    .replace(/[^-a-z0-9]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
}

const SPELLED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};
