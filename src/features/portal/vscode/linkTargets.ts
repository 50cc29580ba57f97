import * as vscode from 'vscode';
import type { LinkTarget } from '../../../api';
import { isSafeUrl } from '../../../model/presentation';
import { toRange, toUri } from '../../../platform/vscode/convert';

/**
 * Link targets that a page may open. A page renders untrusted content, so it may only open files and commands that
 * the host sent to it.
 */
export class LinkTargets {
  #sent = new Set<string>();

  /** Allows the targets that were sent to the page. */
  allow(targets: Iterable<LinkTarget>): void {
    for (const target of targets) {
      if (target.type === 'source' || target.type === 'command') this.#sent.add(keyOf(target));
    }
  }

  /**
   * Opens a file, a web address or a command.
   *
   * @throws Error if the target isn't allowed
   */
  async open(target: LinkTarget, { toSide }: { readonly toSide: boolean }): Promise<void> {
    const isKnown = this.#sent.has(keyOf(target));
    if (target.type === 'url' && isSafeUrl(target.url)) {
      await vscode.env.openExternal(vscode.Uri.parse(target.url));
    } else if (target.type === 'source' && isKnown) {
      await vscode.window.showTextDocument(toUri(target.file), {
        viewColumn: toSide ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active,
        selection: target.range && toRange(target.range),
      });
    } else if (target.type === 'command' && isKnown) {
      await vscode.commands.executeCommand(target.command, ...(target.arguments ?? []));
    } else {
      throw new Error(vscode.l10n.t("Portal pages can't open this link."));
    }
  }
}

function keyOf(target: LinkTarget): string {
  if (target.type === 'command') return JSON.stringify([target.command, target.arguments ?? []]);
  if (target.type !== 'source') return '';
  const { start, end } = target.range ?? {};
  return JSON.stringify([
    target.file,
    start && [start.line, start.character],
    end && [end.line, end.character],
  ]);
}
