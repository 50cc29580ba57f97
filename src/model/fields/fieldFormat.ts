/*
 * The formats of single fields. Source: KubernetesValidatorFunctions, CommonValidatorFunctions and
 * makeValidator in `packages/catalog-model/src/validation`.
 */

/** The most that a name, a label or a tag may have, in UTF-16 code units. */
const MAX_LABEL_LENGTH = 63;
const MAX_SUBDOMAIN_LENGTH = 253;

/** `v1`, or `<dns subdomain>/v1`. */
export function isValidApiVersion(value: unknown): value is string {
  return hasValidPrefixAndSuffix(value, isVersion);
}

function isVersion(value: unknown): value is string {
  return isShort(value) && /^[a-z0-9A-Z]+$/.test(value);
}

export function isValidKind(value: unknown): value is string {
  return isShort(value) && /^[a-zA-Z][a-z0-9A-Z]*$/.test(value);
}

/** Sequences of letters and digits, separated by any of `-_.`; names and label values. */
export function isValidObjectName(value: unknown): value is string {
  return isShort(value) && /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(value);
}

export function isValidNamespace(value: unknown): boolean {
  return isDnsLabel(value);
}

export function isValidLabelValue(value: unknown): boolean {
  return value === '' || isValidObjectName(value);
}

/** The key of a label or of an annotation: a name, optionally with a DNS subdomain before a `/`. */
export function isValidMetadataKey(value: unknown): boolean {
  return hasValidPrefixAndSuffix(value, isValidObjectName);
}

export function isValidTag(value: unknown): boolean {
  return isShort(value) && /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(value);
}

export function isValidUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value);
}

export function isNonEmptyString(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function hasValidPrefixAndSuffix(
  value: unknown,
  isValidSuffix: (suffix: string) => boolean,
): value is string {
  if (typeof value !== 'string') return false;
  const slash = value.indexOf('/');
  if (slash === -1) return isValidSuffix(value);
  // A second `/` is left in the suffix, which has no room for it.
  const prefix = value.slice(0, slash);
  if (!validPrefixes.has(prefix)) {
    if (!isDnsSubdomain(prefix)) return false;
    if (validPrefixes.size < MAX_REMEMBERED) validPrefixes.add(prefix);
  }
  return isValidSuffix(value.slice(slash + 1));
}

/** The same few prefixes stand in the keys of all entities. */
const validPrefixes = new Set<string>();
const MAX_REMEMBERED = 1000;

function isDnsSubdomain(value: string): boolean {
  return value.length <= MAX_SUBDOMAIN_LENGTH && value.split('.').every(isDnsLabel);
}

function isDnsLabel(value: unknown): value is string {
  return isShort(value) && /^[a-z0-9]+(?:-+[a-z0-9]+)*$/.test(value);
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= MAX_LABEL_LENGTH;
}
