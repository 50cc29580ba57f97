import type { Translate } from '../../../../base';
import { child, entriesOf, itemsOf, type PlacedNode, textAt } from '../document/placedNode';
import { resolve } from '../document/references';
import type { DefinitionProblem } from '../outline/outline';

const MOST_REFERENCES = 50;

/** What stands in examples is data, whatever it looks like. */
const data = new Set(['default', 'example', 'examples']);

/** In the maps behind these keys, keys are names: a response may be the default, a property an example. */
const named = new Set([
  '$defs',
  'definitions',
  'dependentSchemas',
  'patternProperties',
  'properties',
  'schemas',
  'callbacks',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'requestBodies',
  'responses',
  'channels',
  'messages',
  'messageTraits',
  'operations',
  'operationTraits',
  'servers',
]);

/** References to what is not in the document; those to other files are not followed. */
export function* danglingReferences(
  root: PlacedNode,
  translate: Translate,
): Generator<void, readonly DefinitionProblem[]> {
  const problems: DefinitionProblem[] = [];
  const pending: (readonly [node: PlacedNode, hasNames: boolean])[] = [[root, false]];
  const seen = new Set<PlacedNode>();
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [node, hasNames] = next;
    if (seen.has(node)) continue;
    seen.add(node);
    if (seen.size % 1024 === 0) yield;
    for (const item of itemsOf(node)) pending.push([item, false]);
    const reference = textAt(node, '$ref');
    if (reference?.startsWith('#') && !resolve(node, root)) {
      const place = child(node, '$ref')?.place ?? node.place;
      const message = translate('"{0}" leads nowhere', reference);
      problems.push({ code: 'definition-reference', message, place });
      if (problems.length >= MOST_REFERENCES) break;
    }
    for (const [key, { value }] of entriesOf(node)) {
      if (hasNames) pending.push([value, false]);
      else if (!data.has(key)) pending.push([value, named.has(key)]);
    }
  }
  return problems.sort((a, b) => a.place.start - b.place.start);
}
