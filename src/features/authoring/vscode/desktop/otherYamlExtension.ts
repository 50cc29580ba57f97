import * as vscode from 'vscode';
import {
  type Disposable,
  DisposableStore,
  Emitter,
  type Event,
  type Logger,
  SerialQueue,
} from '../../../../base';
import { fromUri } from '../../../../platform/vscode/convert';
import { readSetting } from '../../../../platform/vscode/trust';
import {
  contributedSchemaFor,
  contributedSchemaUri,
  type DeclaredKind,
  SCHEMA_SCHEME,
} from '../../core/schemas';

/** Red Hat's extension, the most common one for YAML. */
const EXTENSION = 'redhat.vscode-yaml';

/** Values of the setting `callboard.yaml.structure`. */
type StructureSetting = 'auto' | 'builtin' | 'redhat';

/**
 * The used part of the extension's API. Source: `SchemaExtensionAPI` of redhat-developer/vscode-yaml. It calls a
 * contributor for every file, and offers no way to remove one.
 */
interface YamlExtensionApi {
  /** @returns false if the scheme has a contributor already */
  registerContributor(
    schema: string,
    requestSchema: (resource: string) => string | undefined,
    requestSchemaContent: (uri: string) => Promise<string>,
  ): boolean;
}

export interface OtherYamlExtensionDeps {
  readonly logger: Logger;
  readonly declaredKinds: () => readonly DeclaredKind[];
  /** Returns a number that changes with the schemas. */
  readonly revision: () => number;
  /** Returns the JSON of a contributed schema by its URI. */
  readonly contentOf: (uri: string) => Promise<string>;
}

/**
 * Lets Red Hat's YAML extension complete and explain by Callboard's schemas, if it is installed and the setting allows
 * it: otherwise both extensions would show the same items. It may be enabled or disabled at any time.
 */
export class OtherYamlExtension implements Disposable {
  #deps: OtherYamlExtensionDeps;
  #store = new DisposableStore();
  #onDidChange = this.#store.add(new Emitter<void>());
  /** Extensions that have the contributor. */
  #registered = new WeakSet<object>();
  #isDelegated = false;
  #hasWarned = false;
  #updates = new SerialQueue();
  /** Schemas of documents, with the document version. */
  #found = new WeakMap<vscode.TextDocument, { key: string; uri: string | undefined }>();

  constructor(deps: OtherYamlExtensionDeps) {
    this.#deps = deps;
    this.#store.add(vscode.extensions.onDidChange(() => this.#scheduleUpdate()));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('callboard.yaml.structure')) this.#scheduleUpdate();
      }),
    );
    this.#scheduleUpdate();
  }

  /** Whether the other extension completes and explains instead of Callboard. */
  get isDelegated(): boolean {
    return this.#isDelegated;
  }

  get onDidChange(): Event<void> {
    return this.#onDidChange.event;
  }

  dispose(): void {
    this.#isDelegated = false;
    this.#store.dispose();
  }

  #scheduleUpdate(): void {
    void this.#updates.run(() => this.#update());
  }

  async #update(): Promise<void> {
    const setting = structureSetting();
    const extension = vscode.extensions.getExtension<unknown>(EXTENSION);
    const isWanted = setting !== 'builtin' && extension !== undefined;
    const isDelegated = isWanted && (await this.#register(extension));
    if (this.#store.isDisposed) return;
    if (setting === 'redhat' && !isDelegated) this.#warnIfMissing();
    if (isDelegated === this.#isDelegated) return;
    this.#isDelegated = isDelegated;
    this.#deps.logger.info(
      isDelegated
        ? `Fields are completed and explained by ${EXTENSION}`
        : 'Fields are completed and explained by Callboard',
    );
    this.#onDidChange.fire();
  }

  async #register(extension: vscode.Extension<unknown>): Promise<boolean> {
    const { logger, contentOf } = this.#deps;
    try {
      const api = await extension.activate();
      if (!isYamlExtensionApi(api)) return false;
      if (this.#registered.has(api)) return true;
      const isNew = api.registerContributor(
        SCHEMA_SCHEME,
        resource => this.#schemaFor(resource),
        uri => contentOf(uri),
      );
      if (isNew) this.#registered.add(api);
      else logger.warn(`${EXTENSION} has somebody else who contributes ${SCHEMA_SCHEME}:`);
      return isNew;
    } catch (error) {
      logger.error(`${EXTENSION} could not be given schemas`, error);
      return false;
    }
  }

  /**
   * @param resource - the URI of a file in the editor's spelling
   */
  #schemaFor(resource: string): string | undefined {
    if (!this.#isDelegated) return undefined;
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === resource);
    if (!document) return undefined;
    const { declaredKinds, revision } = this.#deps;
    const key = `${document.version} ${revision()}`;
    const known = this.#found.get(document);
    if (known?.key === key) return known.uri;
    const name = contributedSchemaFor(fromUri(document.uri), document.getText(), declaredKinds());
    const uri = name && contributedSchemaUri(name, revision());
    this.#found.set(document, { key, uri });
    return uri;
  }

  #warnIfMissing(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const show = vscode.l10n.t('Show Extension');
    void vscode.window
      .showInformationMessage(
        vscode.l10n.t(
          "Red Hat's YAML extension, which callboard.yaml.structure requires, isn't available. Callboard provides completion and hovers itself.",
        ),
        show,
      )
      .then(answer => {
        if (answer === show) void vscode.commands.executeCommand('extension.open', EXTENSION);
      });
  }
}

function structureSetting(): StructureSetting {
  const setting = readSetting('callboard.yaml.structure');
  return setting === 'builtin' || setting === 'redhat' ? setting : 'auto';
}

function isYamlExtensionApi(api: unknown): api is YamlExtensionApi {
  return (
    typeof api === 'object' &&
    api !== null &&
    'registerContributor' in api &&
    typeof api.registerContributor === 'function'
  );
}
