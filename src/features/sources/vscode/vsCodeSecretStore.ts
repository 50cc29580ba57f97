import type * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter } from '../../../base';
import type { SecretStore } from '../../../platform/core/ports';

/** VS Code's secret storage: encrypted, on the user's own machine, and the same for all windows. */
export class VsCodeSecretStore implements SecretStore, Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new Emitter<string>());

  readonly onDidChange = this.#changed.event;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#store.add(secrets.onDidChange(({ key }) => this.#changed.fire(key)));
  }

  async get(key: string): Promise<string | undefined> {
    return this.#secrets.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#secrets.store(key, value);
  }

  async delete(key: string): Promise<void> {
    await this.#secrets.delete(key);
  }

  dispose(): void {
    this.#store.dispose();
  }
}
