import { describe, expect, it } from 'vitest';
import {
  completeQuery,
  type CompletionSources,
} from '../../../../../../src/features/search/core/query/withFilter';

const counts: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  kind: { component: 12, api: 3 },
  tag: { 'two words': 4, go: 2, 'a,b': 1 },
  owner: { 'group:default/crew': 7, 'user:default/jane': 2, 'group:default/mechanics': 1 },
  system: { 'system:default/tickets': 5, 'system:sales/tickets': 1 },
};

const sources: CompletionSources = {
  values: (field, prefix, limit) =>
    Promise.resolve(
      Object.entries(counts[field] ?? {})
        .filter(([value]) => value.split(/[:/]/).some(word => word.startsWith(prefix)))
        .slice(0, limit)
        .map(([value, count]) => ({ value, count })),
    ),
  collators: [
    { id: 'catalog', title: 'Catalog' },
    { id: 'docs', title: 'Docs' },
    { id: 'todo', title: 'Open Ends' },
  ],
};

/** Text after each completion at the marker, with the marker at the new cursor. */
async function complete(marked: string): Promise<string[]> {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = await completeQuery(text, at, sources, new AbortController().signal);
  return found.map(
    ({ text: put, replaces: [from, to] }) => `${text.slice(0, from)}${put}|${text.slice(to)}`,
  );
}

describe('completeQuery', () => {
  it.each<[string, string[]]>([
    ['kind:|', ['kind:component |', 'kind:api |']],
    ['pay KIND:Co|', ['pay KIND:component |']],
    ['kind:c|x pay', ['kind:component| pay']],
    ['-kind:a|', ['-kind:api |']],
    ['kind:component,|', ['kind:component,api |']],
    ['kind:api -kind:|', ['kind:api -kind:component |']],
    ['tag:t|', ['tag:"two words" |']],
    ['tag:"t|', ['tag:"two words" |']],
    ['tag:a|', ['tag:"a,b" |']],
    ['owner:|', ['owner:me |', 'owner:crew |', 'owner:user:jane |', 'owner:mechanics |']],
    ['owner:me|', ['owner:me |', 'owner:mechanics |']],
    ['owner:ja|', ['owner:user:jane |']],
    ['owner:crew,|', ['owner:crew,me |', 'owner:crew,user:jane |', 'owner:crew,mechanics |']],
    ['system:t|', ['system:tickets |', 'system:sales/tickets |']],
    ['in:|', ['in:catalog |', 'in:docs |', 'in:todo |']],
    ['in:tech|', ['in:docs |']],
    ['in:open|', ['in:todo |']],
    ['type:|', []],
  ])('offers values at %s', async (marked, expected) => {
    expect(await complete(marked)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['ki|', ['kind:|']],
    ['K|', ['kind:|']],
    ['pay t| x', ['pay type:| x', 'pay tag:| x']],
    ['-ow|', ['-owner:|']],
    [
      'x -|',
      ['kind', 'type', 'owner', 'lifecycle', 'tag', 'system', 'in'].map(name => `x -${name}:|`),
    ],
    ['|', []],
    ['pay |', []],
    ['t|eam', []],
    ['"ki|', []],
    ['--k|', []],
    ['kind|:api', []],
  ])('offers filters at %s', async (marked, expected) => {
    expect(await complete(marked)).toEqual(expected);
  });

  it('shows the ref and the count of a value', async () => {
    const { signal } = new AbortController();
    const details = async (text: string) =>
      (await completeQuery(text, text.length, sources, signal)).map(({ label, detail }) => [
        label,
        detail,
      ]);
    expect(await details('owner:cr')).toEqual([['crew', 'group:default/crew · 7']]);
    expect(await details('kind:a')).toEqual([['api', '3']]);
    expect(await details('in:to')).toEqual([['todo', 'Open Ends']]);
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const late: CompletionSources = {
      ...sources,
      values: (...request) => {
        controller.abort();
        return sources.values(...request);
      },
    };
    await expect(completeQuery('kind:', 5, late, controller.signal)).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });
});
