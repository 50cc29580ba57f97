import type { RequestType } from 'vscode-jsonrpc';

/** Asks the host; as the app that an element is in does. */
export type SendRequest = <P, R>(
  type: RequestType<P, R, void>,
  params: P,
  signal?: AbortSignal,
) => Promise<R>;

/** Finds the app around an element, for parts that are drawn far below and ask the host themselves. */
class FindAppEvent extends Event {
  static readonly type = 'callboard-find-app';
  send: SendRequest | undefined;

  constructor() {
    super(FindAppEvent.type, { bubbles: true });
  }
}

/** Has the parts in an app send requests through it. */
export function answerAsApp(app: HTMLElement, send: SendRequest): void {
  app.addEventListener(FindAppEvent.type, event => {
    if (event instanceof FindAppEvent) event.send = send;
  });
}

/** @throws an error where the element is in no app */
export function appAround(element: HTMLElement): SendRequest {
  const event = new FindAppEvent();
  element.dispatchEvent(event);
  if (!event.send) throw new Error('There is no app around this');
  return event.send;
}
