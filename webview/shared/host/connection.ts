import {
  AbstractMessageReader,
  AbstractMessageWriter,
  CancellationTokenSource,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageConnection,
  type RequestType,
} from 'vscode-jsonrpc/browser';

/** Speaks JSON-RPC with the extension. */
export function connectToHost(host: WebviewHost): MessageConnection {
  const connection = createMessageConnection(new HostReader(), new HostWriter(host));
  connection.listen();
  return connection;
}

class HostReader extends AbstractMessageReader {
  listen(callback: DataCallback): Disposable {
    const receive = ({ data }: MessageEvent<unknown>): void => {
      // Others may post as well, such as what VS Code itself puts into the page.
      if (isMessage(data)) callback(data);
    };
    window.addEventListener('message', receive);
    return { dispose: () => window.removeEventListener('message', receive) };
  }
}

class HostWriter extends AbstractMessageWriter {
  #host: WebviewHost;

  constructor(host: WebviewHost) {
    super();
    this.#host = host;
  }

  async write(message: Message): Promise<void> {
    this.#host.postMessage(message);
  }

  end(): void {}
}

function isMessage(value: unknown): value is Message {
  return (
    typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0'
  );
}

/** Cancels a request once the signal is aborted, and then rejects with an `AbortError`. */
export async function requestWithSignal<P, R>(
  connection: MessageConnection,
  type: RequestType<P, R, void>,
  params: P,
  signal: AbortSignal,
): Promise<R> {
  const source = new CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const result = await connection.sendRequest<R>(type.method, params, source.token);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener('abort', cancel);
    source.dispose();
  }
}

/** What VS Code gives a webview to reach its extension; the page of a test gives the same. */
export interface WebviewHost {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  // The name is VS Code's.
  function acquireVsCodeApi(): WebviewHost;
}

/** May be called once in the life of a page. */
export function acquireHost(): WebviewHost {
  return acquireVsCodeApi();
}
