import type { CompletionItem, Diagnostic, Hover, Position } from 'vscode-languageserver-types';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageSettings, SchemaRequestService } from 'yaml-language-server';
import { yamlDocumentsCache } from 'yaml-language-server/out/src/languageservice/parser/yaml-documents';
import { YamlCompletion } from 'yaml-language-server/out/src/languageservice/services/yamlCompletion';
import { YAMLHover } from 'yaml-language-server/out/src/languageservice/services/yamlHover';
import { YAMLSchemaService } from 'yaml-language-server/out/src/languageservice/services/yamlSchemaService';
import { YAMLValidation } from 'yaml-language-server/out/src/languageservice/services/yamlValidation';

/**
 * The used parts of yaml-language-server, wired like its `getLanguageService`, which would load all other features,
 * too.
 */
export class YamlService {
  readonly #schemas: YAMLSchemaService;
  readonly #completion: YamlCompletion;
  readonly #hover: YAMLHover;
  readonly #validation: YAMLValidation;

  /**
   * @param readSchema - returns the text of a schema by its URI
   */
  constructor(readSchema: SchemaRequestService) {
    // Only for references in schemas: modelines are resolved elsewhere.
    const workspace = {
      resolveRelativePath: (path: string, schema: string) => new URL(path, schema).href,
    };
    const clientCapabilities = {
      textDocument: {
        completion: {
          completionItem: { snippetSupport: true, documentationFormat: ['markdown' as const] },
        },
      },
    };
    this.#schemas = new YAMLSchemaService(readSchema, workspace);
    this.#completion = new YamlCompletion(this.#schemas, clientCapabilities, yamlDocumentsCache);
    this.#hover = new YAMLHover(this.#schemas);
    this.#validation = new YAMLValidation(this.#schemas);
  }

  /**
   * @param schemas - URIs, with patterns of the URIs of their documents
   */
  configure(schemas: readonly { readonly uri: string; readonly fileMatch: string[] }[]): void {
    const settings: LanguageSettings = {
      validate: true,
      hover: true,
      completion: true,
      hoverSchemaSource: false,
      // Otherwise default values would be inserted.
      disableDefaultProperties: true,
    };
    this.#schemas.clearExternalSchemas();
    this.#schemas.schemaPriorityMapping = new Map();
    for (const { uri, fileMatch } of schemas) {
      this.#schemas.addSchemaPriority(uri, 0);
      this.#schemas.registerExternalSchema(uri, fileMatch);
    }
    for (const service of [this.#completion, this.#hover, this.#validation]) {
      service.configure(settings);
    }
  }

  /** Called when the content of a schema's URI has changed. */
  resetSchema(uri: string): void {
    this.#schemas.onResourceChange(uri);
  }

  async complete(document: TextDocument, position: Position): Promise<readonly CompletionItem[]> {
    return (await this.#completion.doComplete(document, position)).items;
  }

  async hover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    return (await this.#hover.doHover(document, position)) ?? undefined;
  }

  validate(document: TextDocument): Promise<readonly Diagnostic[]> {
    return this.#validation.doValidation(document);
  }
}
