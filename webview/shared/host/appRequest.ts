import type { RequestType } from 'vscode-jsonrpc';

/** Sends a request to the host through the surrounding app. */
export type SendRequest = <P, R>(
  type: RequestType<P, R, void>,
  params: P,
  signal?: AbortSignal,
) => Promise<R>;

/** Finds the app around an element, for nested parts that request data themselves. */
class FindAppEvent extends Event {
  static readonly type = 'callboard-find-app';
  send: SendRequest | undefined;

  constructor() {
    super(FindAppEvent.type, { bubbles: true });
  }
}

/** Handles requests of the parts in an app. */
export function answerAsApp(app: HTMLElement, send: SendRequest): void {
  app.addEventListener(FindAppEvent.type, event => {
    if (event instanceof FindAppEvent) event.send = send;
  });
}

/** @throws Error if the element isn't in an app */
export function appAround(element: HTMLElement): SendRequest {
  const event = new FindAppEvent();
  element.dispatchEvent(event);
  if (!event.send) throw new Error("The element isn't in an app");
  return event.send;
}
