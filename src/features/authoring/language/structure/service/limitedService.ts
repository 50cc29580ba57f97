// First, as the validators import each other in a circle, in which this is the place to start.
import 'yaml-language-server/out/src/languageservice/parser/yaml-documents';
import { BaseValidator } from 'yaml-language-server/out/src/languageservice/parser/schemaValidation/baseValidator';
import { YamlCompletion } from 'yaml-language-server/out/src/languageservice/services/yamlCompletion';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isRecord } from '../../../../../base';

/** More than the largest documents need by schemas in use; as many take about half a second. */
const MAX_STEPS = 300_000;

/** As many comparisons of items as cost one step. */
const COMPARISONS = 200;

/** A schema, or a document by it, that costs more than anybody waits for. */
class TooManySteps extends Error {}

/** Documents that were given up. */
const exhausting = new WeakSet<object>();

type Method = (this: unknown, ...args: unknown[]) => unknown;

let steps = 0;
let isLimited = false;

/**
 * Has yaml-language-server give up where a schema that anybody may have written has no end in practice:
 * alternatives that refer to alternatives double with each level, and it has no limit of its own. It judges
 * and completes in one go on the thread that answers the editor, so that nobody could stop it from outside.
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

/** Whether to judge a document took more than anybody waits for, so that nothing was said of it. */
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

/** What a schema takes of one value, those inside it not counted. */
function costOf(node: unknown, schema: unknown): number {
  if (!isRecord(schema)) return 1;
  const values = Array.isArray(schema['enum']) ? schema['enum'].length : 0;
  const items = isRecord(node) && Array.isArray(node['items']) ? node['items'].length : 0;
  const comparisons = values + (schema['uniqueItems'] === true ? items * items : 0);
  return 1 + comparisons / COMPARISONS;
}
