import * as vscode from 'vscode';
import type { ActionsService } from '../../../../api';

/**
 * Goes on with what the user chooses of a message. Nobody waits for that: what the message tells of is over, and it may stand
 * as long as it likes. What fails then is told, by the name of what was chosen.
 */
export function whenChosen(
  message: Thenable<string | undefined>,
  actions: Pick<ActionsService, 'run'>,
  act: (answer: string) => Promise<void>,
): void {
  void actions.run(vscode.l10n.t('Show Run'), async () => {
    const answer = await message;
    if (answer !== undefined) await actions.run(answer, () => act(answer));
  });
}
