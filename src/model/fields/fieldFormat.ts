/*
 * The formats of single fields. Source: KubernetesValidatorFunctions, CommonValidatorFunctions and
 * makeValidator in `packages/catalog-model/src/validation`.
 */

/** Maximum length of names, labels and tags, in UTF-16 code units. */
const MAX_LABEL_LENGTH = 63;
const MAX_SUBDOMAIN_LENGTH = 253;

/** Whether a value is `v1` or `<dns subdomain>/v1`. */
export function isValidApiVersion(value: unknown): value is string {
  return hasValidPrefixAndSuffix(value, isVersion);
}

function isVersion(value: unknown): value is string {
  return isShort(value) && /^[a-z0-9A-Z]+$/.test(value);
}

/** Whether a value is a valid kind: a letter followed by letters and digits, at most 63. */
export function isValidKind(value: unknown): value is string {
  return isShort(value) && /^[a-zA-Z][a-z0-9A-Z]*$/.test(value);
}

/** Whether a value is a valid name or label value: sequences of letters and digits, separated by any of `-_.`. */
export function isValidObjectName(value: unknown): value is string {
  return isShort(value) && /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(value);
}

/** Whether a value is a valid namespace: a DNS label. */
export function isValidNamespace(value: unknown): boolean {
  return isDnsLabel(value);
}

/** Whether a value is a valid label value: empty or a valid name. */
export function isValidLabelValue(value: unknown): boolean {
  return value === '' || isValidObjectName(value);
}

/** Whether a value is a valid label or annotation key: a name, optionally after a DNS subdomain and `/`. */
export function isValidMetadataKey(value: unknown): boolean {
  return hasValidPrefixAndSuffix(value, isValidObjectName);
}

/** Whether a value is a valid tag: sequences of `a-z0-9:+#`, separated by hyphens. */
export function isValidTag(value: unknown): boolean {
  return isShort(value) && /^[a-z0-9:+#]+(-[a-z0-9:+#]+)*$/.test(value);
}

/** Whether a value is an absolute URL. */
export function isValidUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value);
}

/** Whether a value is a string that isn't blank. */
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
  // A second `/` ends up in the suffix, which is then invalid.
  const prefix = value.slice(0, slash);
  if (!validPrefixes.has(prefix)) {
    if (!isDnsSubdomain(prefix)) return false;
    if (validPrefixes.size < MAX_REMEMBERED) validPrefixes.add(prefix);
  }
  return isValidSuffix(value.slice(slash + 1));
}

/** Cache of valid prefixes: the keys of all entities share a few. */
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
