import { isValidNamespace, isValidObjectName, isValidTag, isValidUrl } from './fieldFormat';

/** Longer texts were not typed by anybody. */
const MAX_LENGTH = 500;
const MAX_LABEL_LENGTH = 63;

/**
 * Texts of a form that Backstage takes, in the place of what it does not take, be that a text or not; none
 * where nobody can tell.
 */
type Repair = (value: unknown) => readonly string[];

/** `Machine Learning` becomes `machine-learning`. */
export const repairedTag: Repair = value =>
  repaired(value, { taken: /[^a-z0-9:+#]+/g, isLower: true, isValid: isValidTag });

/** `My Shop!` becomes `My-Shop`. */
export const repairedName: Repair = value =>
  repaired(value, { taken: /[^-A-Za-z0-9_.]+/g, isLower: false, isValid: isValidObjectName });

export const repairedNamespace: Repair = value =>
  repaired(value, { taken: /[^a-z0-9]+/g, isLower: true, isValid: isValidNamespace });

/** An address without its scheme. */
export const repairedUrl: Repair = value => {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return [];
  const host = /^[\w-]+(?:\.[\w-]+)+(?:[/:?#]|$)/;
  const url = `https://${value.trim()}`;
  return host.test(value.trim()) && isValidUrl(url) ? [url] : [];
};

function repaired(
  text: unknown,
  {
    taken,
    isLower,
    isValid,
  }: {
    /** What a `-` takes the place of. */
    readonly taken: RegExp;
    readonly isLower: boolean;
    readonly isValid: (text: string) => boolean;
  },
): readonly string[] {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return [];
  // `ü` is a `u` with a mark.
  const plain = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  const name = (isLower ? plain.toLowerCase() : plain)
    .replace(taken, '-')
    .slice(0, MAX_LABEL_LENGTH)
    .replace(/^[-_.]+|[-_.]+$/g, '');
  return isValid(name) && name !== text ? [name] : [];
}
