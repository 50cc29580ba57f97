import type { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { LinkTarget, PortalPage } from '../../src/api';
import type { DocsLine } from '../../src/features/portal/protocol';

/** Services of the app for its pages. */
export interface PortalContext {
  /** @throws Error with the message of the host; `AbortError` when the signal is aborted */
  request<P, R>(type: RequestType<P, R, void>, params: P, signal?: AbortSignal): Promise<R>;
  notify<P>(type: NotificationType<P>, params: P): void;
  /** Opens a link target. */
  readonly follow: (target: LinkTarget, options: { readonly toSide: boolean }) => void;
  /** Updates the current page for history and restoring, without a history entry. */
  replace(page: PortalPage): void;
  /** Sets the title of the editor's tab. */
  setTitle(title: string): void;
}

/** Element that shows a page. */
export interface PortalPageElement extends HTMLElement {
  page: PortalPage;
  portal: PortalContext;
  /** Docs within the page, which get changes and lines like the docs page. */
  readonly docs?: PortalPageElement | undefined;
  /** Scrolls docs to a line of their Markdown. */
  revealLine?(line: DocsLine): void;
  /** Reloads the page. */
  refresh(): void;
  /** Reloads some cards. @param cards - their ids */
  refreshCards?(cards: readonly string[]): void;
}
