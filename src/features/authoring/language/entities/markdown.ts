import { SymbolKind } from 'vscode-languageserver-types';
import { escapeMarkdown } from '../../../../base';
import { shortenEntityRef } from '../../../../model';
import { symbolOfKind } from '../../../../model/presentation';
import type { CatalogEntity } from '../catalogView';
import type { LanguageContext } from '../languageProvider';
import { commandLink, fileLink, linkedAction } from './entityActions';

/**
 * Text out of a descriptor as Markdown that shows it as it is. Clients of others draw Markdown in their
 * own ways, and often not at all: for them only what Markdown itself would take for markup is escaped.
 */
export function markdownText(text: string, { commands }: LanguageContext): string {
  return commands
    ? escapeMarkdown(text)
    : text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&');
}

/** An entity by what people call it, with a link to it where one can be made. */
export function entityLink(ref: string, context: LanguageContext): string {
  const { catalog, commands } = context;
  const entity = catalog.get(ref);
  const text = markdownText(entity ? titleOf(entity) : shortRef(ref), context);
  if (!entity) return `${text} (not in the catalog)`;
  const action = linkedAction(context);
  const target = action
    ? commandLink(action.command, ref)
    : commands
      ? undefined
      : fileLink(ref, context);
  return target ? `[${text}](${target})` : text;
}

/** The title of an entity, else its name, on one line. */
export function titleOf({ title, name }: CatalogEntity): string {
  return title?.replace(/\s+/g, ' ').trim() || name;
}

/** A ref without `default`, and without the kind of most owners. */
export function shortRef(ref: string): string {
  return shortenEntityRef(ref, { defaultKind: 'group' });
}

/** What symbols of entities look like. @param kind - in any letter case */
export function symbolKindOf(kind: string | undefined): SymbolKind {
  return SymbolKind[symbolOfKind(kind)];
}
