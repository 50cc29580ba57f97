import { isValidNamespace, isValidObjectName, isValidTag, isValidUrl } from './fieldFormat';

/** Maximum length of repaired texts; longer ones weren't typed. */
const MAX_LENGTH = 500;
const MAX_LABEL_LENGTH = 63;

/** Suggests valid values for an invalid one; none if there is no obvious correction. */
type Repair = (value: unknown) => readonly string[];

/** Suggests a valid tag: `machine-learning` for `Machine Learning`. */
export const repairedTag: Repair = value =>
  repaired(value, { taken: /[^a-z0-9:+#]+/g, isLower: true, isValid: isValidTag });

/** Suggests a valid name: `My-Shop` for `My Shop!`. */
export const repairedName: Repair = value =>
  repaired(value, { taken: /[^-A-Za-z0-9_.]+/g, isLower: false, isValid: isValidObjectName });

/** Suggests a valid namespace: `team-a` for `Team A`. */
export const repairedNamespace: Repair = value =>
  repaired(value, { taken: /[^a-z0-9]+/g, isLower: true, isValid: isValidNamespace });

/** Adds the scheme to a URL without one. */
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
    /** Characters that are replaced with `-`. */
    readonly taken: RegExp;
    readonly isLower: boolean;
    readonly isValid: (text: string) => boolean;
  },
): readonly string[] {
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return [];
  // Decomposed, `ü` is a `u` with a mark.
  const plain = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  const name = (isLower ? plain.toLowerCase() : plain)
    .replace(taken, '-')
    .slice(0, MAX_LABEL_LENGTH)
    .replace(/^[-_.]+|[-_.]+$/g, '');
  return isValid(name) && name !== text ? [name] : [];
}
