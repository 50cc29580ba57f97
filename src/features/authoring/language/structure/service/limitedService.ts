// Imported first, because the validators have circular imports that only work from here.
import 'yaml-language-server/out/src/languageservice/parser/yaml-documents';
import { BaseValidator } from 'yaml-language-server/out/src/languageservice/parser/schemaValidation/baseValidator';
import { YamlCompletion } from 'yaml-language-server/out/src/languageservice/services/yamlCompletion';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isRecord } from '../../../../../base';

/** The maximum number of steps, more than the largest documents need; takes about half a second. */
const MAX_STEPS = 300_000;

/** The number of item comparisons that cost one step. */
const COMPARISONS = 200;

/** Validating a document by a schema exceeds the limit. */
class TooManySteps extends Error {}

/** Documents for which validation was stopped. */
const exhausting = new WeakSet<object>();

type Method = (this: unknown, ...args: unknown[]) => unknown;

let steps = 0;
let isLimited = false;

/**
 * Limits the work of yaml-language-server, which has no limit for untrusted schemas: alternatives that refer to
 * alternatives double with each level. It runs synchronously on the server's only thread, so it can't be interrupted
 * from outside.
 */
export function limitService(): void {
  if (isLimited) return;
  isLimited = true;
  const validator = BaseValidator.prototype as unknown as Record<string, Method>;
  before(validator, 'getMatchingSchemas', () => (steps = 0));
  around(validator, 'validateDocument', (judge, _root, document) => {
    steps = 0;
    try {
      return judge();
    } catch (error) {
      if (error instanceof TooManySteps && isRecord(document)) exhausting.add(document);
      throw error;
    }
  });
  before(validator, 'validateNode', (node, schema) => charge(costOf(node, schema)));
  before(
    YamlCompletion.prototype as unknown as Record<string, Method>,
    'getInsertTextForObject',
    () => charge(1),
  );
}

/** Whether validating a document exceeded the limit, so that it has no results. */
export function isExhausting(document: TextDocument): boolean {
  return exhausting.has(document);
}

function around(
  methods: Record<string, Method>,
  name: string,
  instead: (method: () => unknown, ...args: readonly unknown[]) => unknown,
): void {
  const method = methods[name];
  if (!method) throw new Error(`yaml-language-server has no ${name} any more`);
  methods[name] = function (...args) {
    return instead(() => method.apply(this, args), ...args);
  };
}

function before(
  methods: Record<string, Method>,
  name: string,
  look: (...args: readonly unknown[]) => void,
): void {
  around(methods, name, (method, ...args) => {
    look(...args);
    return method();
  });
}

function charge(cost: number): void {
  steps += cost;
  if (steps > MAX_STEPS) throw new TooManySteps(`more than ${MAX_STEPS} steps`);
}

/** Returns the cost of validating a value, without its children. */
function costOf(node: unknown, schema: unknown): number {
  if (!isRecord(schema)) return 1;
  const values = Array.isArray(schema['enum']) ? schema['enum'].length : 0;
  const items = isRecord(node) && Array.isArray(node['items']) ? node['items'].length : 0;
  const comparisons = values + (schema['uniqueItems'] === true ? items * items : 0);
  return 1 + comparisons / COMPARISONS;
}
