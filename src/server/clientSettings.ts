import {
  type ClientCapabilities,
  ConfigurationRequest,
  type Connection,
  DidChangeConfigurationNotification,
} from 'vscode-languageserver';
import { Emitter, type Event, type Logger } from '../base';

/** Settings of an editor that isn't Callboard's extension. */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #capabilities: ClientCapabilities['workspace'];
  readonly #logger: Logger;
  readonly #values = new Map<string, Promise<unknown>>();
  readonly #onDidChange = new Emitter<void>();

  constructor(deps: {
    readonly connection: Connection;
    readonly capabilities: ClientCapabilities;
    readonly logger: Logger;
  }) {
    this.#connection = deps.connection;
    this.#capabilities = deps.capabilities.workspace;
    this.#logger = deps.logger;
    this.#connection.onDidChangeConfiguration(() => {
      this.#values.clear();
      this.#onDidChange.fire();
    });
  }

  get onDidChange(): Event<void> {
    return this.#onDidChange.event;
  }

  /** Asks for notifications, once the client is initialized. */
  listen(): void {
    if (!this.#capabilities?.didChangeConfiguration?.dynamicRegistration) return;
    this.#connection.client
      .register(DidChangeConfigurationNotification.type, { section: 'callboard' })
      .catch((error: unknown) => this.#logger.error("Can't follow the settings", error));
  }

  /**
   * Returns the value of a setting, unchecked; undefined if the client has none.
   *
   * @param key - full key, such as `callboard.docs.techdocsCore`
   * @param uri - URI of the file or folder that the value is for
   */
  get(key: string, uri: string): Promise<unknown> {
    if (!this.#capabilities?.configuration) return Promise.resolve(undefined);
    const known = this.#values.get(`${key} ${uri}`);
    if (known) return known;
    const value = this.#request(key, uri);
    this.#values.set(`${key} ${uri}`, value);
    return value;
  }

  async #request(section: string, scopeUri: string): Promise<unknown> {
    try {
      const params = { items: [{ section, scopeUri }] };
      const answer: unknown = await this.#connection.sendRequest(ConfigurationRequest.type, params);
      const value: unknown = Array.isArray(answer) ? answer[0] : undefined;
      return value ?? undefined;
    } catch (error) {
      this.#logger.error(`The editor didn't return the setting ${section}`, error);
      return undefined;
    }
  }
}
