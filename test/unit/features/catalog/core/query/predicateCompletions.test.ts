import { describe, expect, it } from 'vitest';
import type { CatalogChangeEvent } from '../../../../../../src/api';
import { Emitter } from '../../../../../../src/base';
import { PredicateCompleter } from '../../../../../../src/features/catalog/core/query/predicateCompletions';
import type { Entity } from '../../../../../../src/model';
import { matchesPredicate, splitPredicates } from '../../../../../../src/model/predicates';

const api = (name: string, type: string, tags: readonly string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name, tags: [...tags], annotations: { 'acme.org/tier': 'gold' } },
  spec: { type, lifecycle: 'production', owner: 'team-a' },
});
const ENTITIES = [api('a', 'grpc', ['rust']), api('b', 'grpc', []), api('c', 'open"api', ['go'])];

const changed = new Emitter<CatalogChangeEvent>();
let entities = ENTITIES;
const completer = new PredicateCompleter({
  getEntityRefs: () => entities.map(({ metadata }) => metadata.name),
  getEntityByRef: ref => entities.find(({ metadata }) => metadata.name === ref),
  onDidChange: changed.event,
});
const { signal } = new AbortController();

/** Proposals at the end of a text. */
async function proposed(text: string): Promise<readonly string[]> {
  const found = await completer.complete(text, signal);
  return found.map(({ label, count }) => (count === undefined ? label : `${label} (${count})`));
}

async function firstText(text: string): Promise<string | undefined> {
  return (await completer.complete(text, signal))[0]?.text;
}

describe('completion of a predicate', () => {
  it('proposes fields and combining operators for the first key', async () => {
    const found = await proposed('crane where:{');
    expect(found).toContain('spec.type (3)');
    expect(found).toContain('metadata.annotations.acme.org/tier (3)');
    expect(found.slice(-3)).toEqual(['$all', '$any', '$not']);
    expect(await proposed('where:{"spec.t')).toEqual(['spec.type (3)']);
    expect(await proposed('{"type')).toEqual(['spec.type (3)']);
  });

  it('proposes no operators beside other keys', async () => {
    expect(await proposed('where:{"kind": "API", "$')).toEqual([]);
    expect(await proposed('where:{"kind": "API", "spec.l')).toEqual(['spec.lifecycle (3)']);
  });

  it('proposes the values of a field, frequent ones first, and operators for texts', async () => {
    const operators = ['$exists', '$in', '$hasPrefix'];
    expect(await proposed('where:{"spec.type": ')).toEqual([
      'grpc (2)',
      'open"api (1)',
      ...operators,
    ]);
    expect(await proposed('where:{"spec.type": "gr')).toEqual(['grpc (2)']);
    expect(await proposed('where:{"spec.type": {"$in": ["grpc", "')).toEqual([
      'grpc (2)',
      'open"api (1)',
    ]);
    expect(await proposed('where:{"spec.type": {"$')).toEqual(operators);
  });

  it('proposes operators for lists, and their items', async () => {
    expect(await proposed('where:{"metadata.tags": ')).toEqual(['$exists', '$contains']);
    expect(await proposed('where:{"metadata.tags": {"$contains": "')).toEqual([
      'rust (1)',
      'go (1)',
    ]);
  });

  it('proposes both values of $exists', async () => {
    expect(await proposed('where:{"spec.type": {"$exists": ')).toEqual(['true', 'false']);
  });

  it('proposes fields within combining operators', async () => {
    expect(await proposed('where:{"$all": [{"kind": "API"}, {"spec.ty')).toEqual(['spec.type (3)']);
    expect(await proposed('where:{"$not": {"$any": [{"spec.ty')).toEqual(['spec.type (3)']);
  });

  it.each([
    '',
    'kind:api',
    'where:',
    'where:{"kind": "API"} ',
    'where:{"kind": "API"} cra',
    'where:{"kind"',
    'where:{"kind": "API"',
    'where:{"kind": tr',
    '"where:{"',
    'where:{"a": {"$unknown": "',
    'where:}',
    'where:{]',
  ])('proposes nothing at the end of %j', async text => {
    expect(await proposed(text)).toEqual([]);
  });

  it('replaces the token before the caret', async () => {
    expect(await firstText('crane where:{"spec.t')).toBe('crane where:{"spec.type": ');
    expect(await firstText('where:{"spec.type": "open')).toBe('where:{"spec.type": "open\\"api"');
    expect(await firstText('where:{"spec.type": {"$i')).toBe('where:{"spec.type": {"$in": [');
    expect(await firstText('where:{"$a')).toBe('where:{"$all": [{');
  });

  it('leads to predicates that match', async () => {
    let text = 'where:{"metadata.tags';
    for (const typed of ['{"$con', '"ru', '}}'])
      text = `${(await firstText(text)) ?? text}${typed}`;
    expect(text).toBe('where:{"metadata.tags": {"$contains": "rust"}}');
    const [term] = splitPredicates(text).terms;
    if (!term?.predicate.ok) throw new Error('It is invalid');
    const { value } = term.predicate;
    expect(ENTITIES.map(entity => matchesPredicate(value, entity))).toEqual([true, false, false]);
  });

  it('takes linear time for long texts', async () => {
    const long = 50_000;
    for (const part of ['{"a": ', '[{"a":', '"', '\\', '{"a": "', 'where:{', '}']) {
      await proposed(`where:{${part.repeat(long)}`);
    }
    expect(await proposed(`where:{"a": "${'x'.repeat(long)}`)).toEqual([]);
  });

  it('stops when it is cancelled', async () => {
    const aborted = AbortSignal.abort(new Error('stopped'));
    await expect(completer.complete('where:{', aborted)).rejects.toThrow('stopped');
  });

  it('follows the catalog', async () => {
    entities = [api('d', 'graphql', [])];
    changed.fire({ added: [], removed: [], changed: [] } as unknown as CatalogChangeEvent);
    expect(await proposed('where:{"spec.type": "')).toEqual(['graphql (1)']);
  });
});
