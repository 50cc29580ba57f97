import * as vscode from 'vscode';
import { type Disposable, DisposableStore, Emitter, type Event } from '../../../base';
import { readSetting } from '../../../platform/vscode/trust';
import { readPictureHosts } from '../../techdocs/core/pages';

const SETTING = 'callboard.docs.imageHosts';

/** The hosts of the web that docs may load pictures from, as the setting has them. */
export class PictureHosts implements Disposable {
  #store = new DisposableStore();
  #changed = this.#store.add(new Emitter<void>());

  readonly onDidChange: Event<void> = this.#changed.event;

  constructor() {
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SETTING)) this.#changed.fire();
      }),
    );
  }

  get current(): readonly string[] {
    return readPictureHosts(readSetting(SETTING));
  }

  dispose(): void {
    this.#store.dispose();
  }
}
