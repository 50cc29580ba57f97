import type { JsonValue } from '..';

/** In characters; of what is longer, the beginning is shown. */
const maxValueLength = 100;

/** A value on one line; of a long text its size is said. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return '""';
  if (text.length <= maxValueLength && !text.trimEnd().includes('\n')) return text.trimEnd();
  const size =
    typeof value === 'string'
      ? `${lines(value)}, ${text.length} characters`
      : `${text.length} characters`;
  const start = [...text.trimStart().slice(0, 40)].join('').split('\n')[0] ?? '';
  return `${start}… (${size})`;
}

/** What changed in a field: of a list which items came and went, else the values. */
export function describeFieldChange(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): { readonly removed: readonly string[]; readonly added: readonly string[] } {
  const [olds = [], news = []] = [before, after];
  if (isListOfTexts(olds) && isListOfTexts(news)) {
    const removed = olds.filter(item => !news.includes(item));
    const added = news.filter(item => !olds.includes(item));
    // Otherwise only their order or number changed, which the lists themselves show.
    if (removed.length || added.length) {
      return { removed: removed.map(describeValue), added: added.map(describeValue) };
    }
  }
  return {
    removed: before === undefined ? [] : [describeValue(before)],
    added: after === undefined ? [] : [describeValue(after)],
  };
}

function lines(text: string): string {
  const { length } = text.trimEnd().split('\n');
  return length === 1 ? '1 line' : `${length} lines`;
}

function isListOfTexts(value: JsonValue | undefined): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}

/** A path of keys as people write it: `spec.owner`, `metadata.annotations["a.b/c"]`. */
export function describePath(path: readonly string[]): string {
  return path
    .map((key, index) => {
      if (!/^[\w-]+$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
