import type * as vscode from 'vscode';
import type { StateService } from '../../api';

/** State in VS Code's storage of the workspace. */
export class VsCodeStateService implements StateService {
  #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get(key: string): unknown {
    return this.#memento.get(key);
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.#memento.update(key, value);
  }
}
