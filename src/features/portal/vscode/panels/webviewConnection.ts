import type * as vscode from 'vscode';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc';

/** Reads JSON-RPC messages from a webview. */
export class WebviewReader extends AbstractMessageReader implements MessageReader {
  #webview: vscode.Webview;

  constructor(webview: vscode.Webview) {
    super();
    this.#webview = webview;
  }

  listen(callback: DataCallback): Disposable {
    return this.#webview.onDidReceiveMessage((message: unknown) => {
      if (isMessage(message)) callback(message);
      else this.fireError(new Error('A webview sent an invalid message'));
    });
  }
}

/**
 * Writes JSON-RPC messages to a webview. Messages to a hidden or closed webview are lost; it requests its data again
 * when shown.
 */
export class WebviewWriter extends AbstractMessageWriter implements MessageWriter {
  #webview: vscode.Webview;

  constructor(webview: vscode.Webview) {
    super();
    this.#webview = webview;
  }

  async write(message: Message): Promise<void> {
    await this.#webview.postMessage(message);
  }

  end(): void {}
}

function isMessage(value: unknown): value is Message {
  return (
    typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0'
  );
}
