import { SymbolKind } from 'vscode-languageserver-types';
import { escapeMarkdown, translate } from '../../../../base';
import { shortenEntityRef } from '../../../../model';
import { symbolOfKind } from '../../../../model/presentation';
import type { CatalogEntity } from '../catalogView';
import type { LanguageContext } from '../languageProvider';
import { commandLink, fileLink, linkedAction } from './entityActions';

/**
 * Escapes descriptor text for Markdown. Other clients render Markdown in their own ways, often not at all, so only
 * characters that Markdown itself would interpret are escaped for them.
 */
export function markdownText(text: string, { commands }: LanguageContext): string {
  return commands
    ? escapeMarkdown(text)
    : text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&');
}

/** Returns an entity's title or name, with a link to it if possible. */
export function entityLink(ref: string, context: LanguageContext): string {
  const { catalog, commands } = context;
  const entity = catalog.get(ref);
  const text = markdownText(entity ? titleOf(entity) : shortRef(ref), context);
  if (!entity) return translate('{0} (not in the catalog)', text);
  const action = linkedAction(context);
  const target = action
    ? commandLink(action.command, ref)
    : commands
      ? undefined
      : fileLink(ref, context);
  return target ? `[${text}](${target})` : text;
}

/** Returns the title of an entity, else its name, on one line. */
export function titleOf({ title, name }: CatalogEntity): string {
  return title?.replace(/\s+/g, ' ').trim() || name;
}

/** Shortens a ref by the default namespace and the usual kind of owners. */
export function shortRef(ref: string): string {
  return shortenEntityRef(ref, { defaultKind: 'group' });
}

/** Returns the symbol kind for a kind of entities. @param kind - in any letter case */
export function symbolKindOf(kind: string | undefined): SymbolKind {
  return SymbolKind[symbolOfKind(kind)];
}
