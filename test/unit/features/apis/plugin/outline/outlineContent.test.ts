import { expect, it } from 'vitest';
import type { CardField } from '../../../../../../src/api';
import { english } from '../../../../../../src/base';
import { outlineContent } from '../../../../../../src/features/apis/plugin/outlineContent';
import { outlineOf } from '../support';

/** The values beside the labels of the page. */
async function fieldsOf(text: string, type: string): Promise<Readonly<Record<string, string>>> {
  const outline = await outlineOf(text, type);
  const definition = { outline, text, source: undefined, unread: undefined };
  const content = outlineContent(definition, { translate: english });
  const sections = content?.type === 'sections' ? content.sections : [];
  const fields = sections.flatMap((section): readonly CardField[] =>
    section.content.type === 'fields' ? section.content.fields : [],
  );
  return Object.fromEntries(
    fields.map(({ label, value: [first] }) => [label, first && 'text' in first ? first.text : '']),
  );
}

it('counts all operations and types, including omitted ones', async () => {
  const calls = Array.from({ length: 9_000 }, (_, index) => `rpc R${index}(A) returns (A);`);
  const messages = Array.from({ length: 6_000 }, (_, index) => `message M${index} {}`);
  const text = `service S {${calls.join(' ')}}\n${messages.join('\n')}`;
  expect(await fieldsOf(text, 'grpc')).toMatchObject({
    Operations: '9000',
    'Messages and Enums': '6000',
  });
});
