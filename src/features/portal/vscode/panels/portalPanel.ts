import * as vscode from 'vscode';
import type { MessageConnection } from 'vscode-jsonrpc';
import type { PortalPage } from '../../../../api';
import { type Disposable, DisposableStore, type Logger } from '../../../../base';
import { toAbortSignal } from '../../../../platform/vscode/convert';
import { displayLanguage } from '../../../../platform/vscode/displayLanguage';
import type { JsonRpc } from '../../../../platform/vscode/platform';
import { readSetting } from '../../../../platform/vscode/trust';
import type { ShownCards } from '../../core';
import {
  type DocsLine,
  hostNotifications,
  type PortalChange,
  portalNotifications,
  RELOAD_COMMAND,
} from '../../protocol';
import { portalNotificationParams } from '../../protocol/validation';
import type { RequestAnswer } from '../answers/requestAnswer';
import { LinkTargets } from '../linkTargets';
import { newNonce, portalHtml } from './portalHtml';
import { WebviewReader, WebviewWriter } from './webviewConnection';

export interface PortalPanelDeps {
  readonly extensionUri: vscode.Uri;
  readonly jsonRpc: JsonRpc;
  readonly logger: Logger;
  /** Returns the request handlers of a page. `targets` are the link targets that it may open. */
  readonly answers: (targets: LinkTargets, cards: ShownCards) => readonly RequestAnswer[];
  /** Creates the subscriptions to the cards of the page. */
  readonly createShownCards: (onDidChange: (ids: readonly string[]) => void) => ShownCards;
  /** Web hosts that pictures may be loaded from. */
  readonly pictureHosts: () => readonly string[];
  /** Called when the editor becomes active or shows another page. */
  readonly onDidShow: () => void;
  /** Called when the user scrolls docs. */
  readonly onDidScroll: (line: DocsLine) => void;
  readonly onDidDispose: () => void;
}

/** An editor tab with pages of the portal. */
export class PortalPanel implements Disposable {
  #deps: PortalPanelDeps;
  #panel: vscode.WebviewPanel;
  #connection: MessageConnection;
  #store = new DisposableStore();
  #cards: ShownCards;
  #page: PortalPage;
  /** Whether the page listens. A hidden page is discarded and restarted when it is shown. */
  #isListening = false;
  /** Page to show once the webview listens. */
  #pending: PortalPage | undefined;

  constructor(panel: vscode.WebviewPanel, page: PortalPage, deps: PortalPanelDeps) {
    this.#deps = deps;
    this.#panel = panel;
    this.#page = page;
    const { webview } = panel;
    webview.options = {
      enableScripts: true,
      enableCommandUris: [RELOAD_COMMAND],
      // Only the built webview files.
      localResourceRoots: [resourcesOf(deps.extensionUri)],
    };
    panel.iconPath = {
      light: vscode.Uri.joinPath(deps.extensionUri, 'media', 'portal-light.svg'),
      dark: vscode.Uri.joinPath(deps.extensionUri, 'media', 'portal-dark.svg'),
    };
    const reader = new WebviewReader(webview);
    this.#connection = deps.jsonRpc.createMessageConnection(reader, new WebviewWriter(webview));
    this.#cards = this.#store.add(
      deps.createShownCards(cards => this.notifyChanged({ pages: [], cards })),
    );
    this.#answer();
    this.#connection.listen();
    this.#store.add(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#stopListening();
        if (panel.active) deps.onDidShow();
      }),
    );
    this.#store.add(panel.onDidDispose(() => this.#end()));
    this.load();
  }

  /** Current page. */
  get page(): PortalPage {
    return this.#page;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** Reveals the editor, optionally with another page. */
  show(page?: PortalPage, { preserveFocus = false } = {}): void {
    this.#panel.reveal(undefined, preserveFocus);
    if (!page) return;
    this.#page = page;
    this.#pending = page;
    this.#sendPending();
  }

  /** Notifies the page of a change. */
  notifyChanged(change: PortalChange): void {
    if (this.#isListening)
      void this.#connection.sendNotification(hostNotifications.changed, change);
  }

  revealLine(line: DocsLine): void {
    if (this.#isListening)
      void this.#connection.sendNotification(hostNotifications.revealLine, line);
  }

  go(where: 'back' | 'forward'): void {
    void this.#connection.sendNotification(hostNotifications.go, where);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** Loads the HTML. The page restores its state, and the HTML has the policy for resources. */
  load(): void {
    const { extensionUri, pictureHosts } = this.#deps;
    const { webview } = this.#panel;
    const resources = resourcesOf(extensionUri);
    this.#stopListening();
    webview.html = portalHtml({
      cspSource: webview.cspSource,
      nonce: newNonce(),
      urlOf: name => webview.asWebviewUri(vscode.Uri.joinPath(resources, name)).toString(),
      start: { page: this.#page, singleKeys: usesSingleKeys(), ...displayLanguage() },
      pictureHosts: pictureHosts(),
    });
  }

  /** Stops messages until a hidden page is shown again. */
  #stopListening(): void {
    this.#isListening = false;
    this.#cards.show([]);
  }

  #sendPending(): void {
    if (!this.#isListening || !this.#pending) return;
    void this.#connection.sendNotification(hostNotifications.show, this.#pending);
    this.#pending = undefined;
  }

  #answer(): void {
    const { answers, logger, onDidScroll, onDidShow } = this.#deps;
    const connection = this.#connection;
    for (const { method, run } of answers(new LinkTargets(), this.#cards)) {
      connection.onRequest(method, (params: unknown, token: vscode.CancellationToken) =>
        run(params, toAbortSignal(token)),
      );
    }
    connection.onNotification(portalNotifications.ready, () => {
      this.#isListening = true;
      this.#sendPending();
    });
    connection.onNotification(portalNotifications.shown, params => {
      const { page, title } = portalNotificationParams.shown.parse(params);
      if (!this.#pending) this.#page = page;
      // Only these pages have cards, and report them on request.
      if (page.page !== 'entity' && page.page !== 'home') this.#cards.show([]);
      this.#panel.title = title;
      onDidShow();
    });
    connection.onNotification(portalNotifications.scrolled, params =>
      onDidScroll(portalNotificationParams.scrolled.parse(params)),
    );
    connection.onNotification(portalNotifications.failed, params => {
      const { message, stack } = portalNotificationParams.failed.parse(params);
      logger.error(`A page of the portal failed: ${message}`, stack);
    });
    connection.onError(([error]) => logger.error('The portal received an invalid message', error));
  }

  #end(): void {
    this.#connection.dispose();
    this.#store.dispose();
    this.#deps.onDidDispose();
  }
}

function resourcesOf(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

function usesSingleKeys(): boolean {
  return readSetting('callboard.portal.singleKeyShortcuts') !== false;
}
