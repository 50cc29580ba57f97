import type { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { LinkTarget, PortalPage } from '../../src/api';
import type { DocsLine } from '../../src/features/portal/protocol';

/** What pages have of the app that they are in. */
export interface PortalContext {
  /** @throws an error with what the host says; an `AbortError` once the signal is aborted */
  request<P, R>(type: RequestType<P, R, void>, params: P, signal?: AbortSignal): Promise<R>;
  notify<P>(type: NotificationType<P>, params: P): void;
  /** Goes where something leads. */
  readonly follow: (target: LinkTarget, options: { readonly toSide: boolean }) => void;
  /** Says more of the page that is shown, so that it is shown again like that; no step for "back". */
  replace(page: PortalPage): void;
  /** What the editor's tab is called. */
  setTitle(title: string): void;
}

/** What an element that shows a page has to be. */
export interface PortalPageElement extends HTMLElement {
  page: PortalPage;
  portal: PortalContext;
  /** Docs that are a part of the page, and are told of changes and lines as the page of docs would be. */
  readonly docs?: PortalPageElement | undefined;
  /** Of docs: brings what is said in a line to the top. */
  revealLine?(line: DocsLine): void;
  /** Asks anew for what it shows. */
  refresh(): void;
  /** Asks anew for some of its cards. @param cards - their ids */
  refreshCards?(cards: readonly string[]): void;
}
