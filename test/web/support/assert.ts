/** A failed comparison. Mocha shows what differs. */
class AssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly showDiff = true;

  constructor(
    message: string,
    readonly actual?: unknown,
    readonly expected?: unknown,
  ) {
    super(message);
  }
}

function ok(value: unknown, message = 'Expected a truthy value'): void {
  if (!value) throw new AssertionError(message);
}

function equal(actual: unknown, expected: unknown, message = 'Expected equal values'): void {
  if (!Object.is(actual, expected)) throw new AssertionError(message, actual, expected);
}

function notEqual(actual: unknown, expected: unknown): void {
  if (Object.is(actual, expected)) throw new AssertionError(`Unexpected value: ${String(actual)}`);
}

/** Compares values that are JSON. */
function deepEqual(actual: unknown, expected: unknown, message?: string): void {
  equal(JSON.stringify(actual, null, 2), JSON.stringify(expected, null, 2), message);
}

function match(text: string, pattern: RegExp): void {
  if (!pattern.test(text))
    throw new AssertionError(`${JSON.stringify(text)} must match ${pattern}`);
}

/** The functions of `node:assert/strict` that the tests use, for browsers. */
// oxlint-disable-next-line callboard/named-exports -- It stands in for a module with a default export.
export default { ok, equal, notEqual, deepEqual, match };
