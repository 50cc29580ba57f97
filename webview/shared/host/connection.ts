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

/** Creates a JSON-RPC connection to the extension. */
export function connectToHost(host: WebviewHost): MessageConnection {
  const connection = createMessageConnection(new HostReader(), new HostWriter(host));
  connection.listen();
  return connection;
}

class HostReader extends AbstractMessageReader {
  listen(callback: DataCallback): Disposable {
    const receive = ({ data }: MessageEvent<unknown>): void => {
      // Other scripts, such as VS Code's own, may post messages, too.
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

/** Sends a request, and cancels it with an `AbortError` when the signal is aborted. */
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

/** VS Code's API for webviews. Tests provide the same. */
export interface WebviewHost {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  // The name is VS Code's.
  function acquireVsCodeApi(): WebviewHost;
}

/** Returns VS Code's API. May be called only once per page. */
export function acquireHost(): WebviewHost {
  return acquireVsCodeApi();
}
