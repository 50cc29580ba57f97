import { type Hover, MarkupKind } from 'vscode-languageserver-types';
import { linkTarget } from '../../../../base';
import type { YamlText } from '../documents/yamlText';
import type { LanguageContext, LanguageProvider, TextRequest } from '../languageProvider';
import { type Mention, mentionAt } from '../mentions/mention';
import { declarationsOf } from '../mentions/places';
import { danglingRefCard } from './danglingRef';
import { entityCard } from './entityCard';

/** Cards of entities, on refs to them and on their own names. */
export const entityHoverProvider: LanguageProvider = {
  async hover({ context, text, offset, signal }): Promise<Hover | undefined> {
    const mention = mentionAt(text, offset, context.catalog.kinds);
    const value = mention && (await contentsOf(mention, { text, context, signal }));
    if (!value) return undefined;
    const { start, end } = mention.scalar;
    return { contents: { kind: MarkupKind.Markdown, value }, range: text.rangeAt(start, end) };
  },
};

async function contentsOf(
  mention: Mention,
  { text, context, signal }: TextRequest,
): Promise<string | undefined> {
  const { ref, written } = mention;
  const entity = context.catalog.get(ref);
  if (!entity) {
    if (!written) return undefined;
    return mention.descriptor.isTemplated ? undefined : danglingRefCard(written, context);
  }
  const card = await entityCard(entity, context, signal);
  const winner = written ? undefined : winnerOver(mention, text, context);
  return winner === undefined ? card : `${card}\n\n${winner}`;
}

/** On the name of an entity that another document declares as well: that one wins. */
function winnerOver(
  { ref, placed }: Mention,
  text: YamlText,
  context: LanguageContext,
): string | undefined {
  const [first] = declarationsOf(ref, { context, text });
  if (!first || (first.file === text.uri && first.document === placed.index)) return undefined;
  const target = linkTarget(`${first.file}#L${first.nameRange.start.line + 1}`);
  return `[Another document](${target}) declares this entity as well, and it wins.`;
}
