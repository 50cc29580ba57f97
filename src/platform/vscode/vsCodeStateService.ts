import * as vscode from 'vscode';
import type { ConfigService, StateService } from '../../api';
import { type Disposable, Emitter, type Event } from '../../base';
import { readSetting } from './trust';

/** Returns state that is kept in VS Code's workspace storage. */
export function stateService(memento: vscode.Memento): StateService {
  return {
    get: key => memento.get(key),
    async set(key, value) {
      await memento.update(key, value);
    },
  };
}

/** Settings below `callboard.`, without the values that a workspace may not set. */
export class VsCodeConfigService implements ConfigService, Disposable {
  #onDidChange = new Emitter<{ affects(key: string): boolean }>();
  #subscription = vscode.workspace.onDidChangeConfiguration(event => {
    if (!event.affectsConfiguration('callboard')) return;
    this.#onDidChange.fire({ affects: key => event.affectsConfiguration(`callboard.${key}`) });
  });

  get onDidChange(): Event<{ affects(key: string): boolean }> {
    return this.#onDidChange.event;
  }

  get(key: string): unknown {
    return readSetting(`callboard.${key}`);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#onDidChange.dispose();
  }
}
