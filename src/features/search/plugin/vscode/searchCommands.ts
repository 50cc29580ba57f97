import * as vscode from 'vscode';
import type { SearchCommandId, SearchContext } from './searchContext';
import { SearchPick } from './searchPick';

/** The open search list, for its keyboard commands. */
let open: SearchPick | undefined;

async function setOpen(pick: SearchPick | undefined): Promise<void> {
  open = pick;
  await vscode.commands.executeCommand('setContext', 'callboard.search.isOpen', !!pick);
}

/** Handlers of the search commands. Loaded with the first one that runs. */
export const searchCommands: Readonly<
  Record<SearchCommandId, (argument: unknown, context: SearchContext) => Promise<void>>
> = {
  /** Takes an optional query. */
  async 'callboard.search.find'(argument, context) {
    const pick = new SearchPick(context);
    await setOpen(pick);
    try {
      await pick.show(typeof argument === 'string' ? argument : '');
    } finally {
      pick.dispose();
      if (open === pick) await setOpen(undefined);
    }
  },

  /** Takes an optional query. */
  async 'callboard.search.showPage'(query, { portal }) {
    await portal.open({
      page: 'search',
      ...(typeof query === 'string' && query && { query }),
    });
  },

  async 'callboard.search.rebuild'(_argument, { actions, search }) {
    await actions.withProgress(vscode.l10n.t('Rebuilding search index'), async ({ signal }) => {
      await search.rebuild();
      await search.whenReady(signal);
    });
  },

  'callboard.search.preview': async () => open?.preview(),
  'callboard.search.openToSide': async () => open?.openToSide(),
  'callboard.search.openFile': async () => open?.openFile(),
};
