/*
 * Source files that parse, match or take messages and are in no row of the table of readers, each with the reason:
 * their input is not foreign, or a separate test attacks them.
 */
const OWN_DATA = 'Reads what Callboard itself wrote, in storage that only the user can write to.';
const OWN_PROCESS =
  'Takes messages of another part of Callboard, which has checked the texts in them.';
const IN_PAGE = 'Runs in a webview, which is not trusted: what it sends is checked by the host.';

export const exceptions: Readonly<Record<string, string>> = {
  'src/base/data/packedJson.ts': 'Reads what the build wrote.',
  'src/base/data/record.ts': 'A helper: who calls it is in the table.',
  'src/model/json/jsonValue.ts': 'Parses only what it has just serialized.',
  'src/platform/core/versionedBlob.ts': OWN_DATA,
  'src/features/techdocs/core/build/writeDocs.ts':
    'Reads the metadata of an earlier build, of which only a format is compared.',
  'src/features/scm/node/mirrors/gitMirrorBlobs.ts':
    'Attacked by test/unit/features/scm/node/mirrors/gitMirrorHostile.test.ts.',
  'src/features/scm/node/mirrors/gitMirrorStore.ts': OWN_DATA,
  'src/features/techdocs/node/mkdocs.ts': 'Reads what the MkDocs that the user named printed.',
  'src/platform/node/http/loopbackCallbacks.ts': 'Attacked by test/attacks/oauth.test.ts.',
  'src/platform/node/http/nodeHttpClient.ts': 'Gives bytes: who reads them is in the table.',
  'src/features/portal/plugin/cards/entityYaml.ts': 'Writes YAML of entities that were read.',
  'src/features/backstage/plugin/vscode/showProposedDescriptor.ts':
    'Writes YAML of JSON that was read.',
  'src/server/catalog/clientCatalog.ts': OWN_PROCESS,
  'src/server/texts/openTexts.ts': 'Gives texts: schemas are in the table.',
  'src/features/authoring/vscode/desktop/languageClient.ts': OWN_PROCESS,
  'src/features/portal/vscode/panels/portalPanel.ts':
    'Attacked by test/attacks/portalMessages.test.ts.',
  'src/features/portal/vscode/panels/webviewConnection.ts':
    'Attacked by test/attacks/portalMessages.test.ts.',
  'src/testing/': 'Copies what the test of a plugin gave it.',
  'src/features/catalog/cli/model.ts': 'Reads what the user printed by the same program.',
  'src/features/catalog/core/modelExport/runModules.ts':
    'Reads what the modules that the user ran printed, and checks it; they could write the files themselves.',
  'src/features/catalog/core/modelExport/writeLayers.ts':
    'Writes what these modules registered; the reader of layers reads it.',
  'src/features/plugins/cli/vsixArchive.ts': 'Packs files that the user names.',
  'src/features/plugins/language/pluginFileProvider.ts':
    'Asks a document that was read whether a node is a scalar.',
  'webview/portal/main.ts': IN_PAGE,
  'webview/portal/PortalApp.ts': IN_PAGE,
  'webview/features/scaffolder/template/fields/fieldView.ts': IN_PAGE,
  'webview/features/techdocs/content/sanitizeDocs.ts':
    'Attacked in a browser by test/component/portal/hostileDocs.test.ts.',
  'webview/shared/host/connection.ts': IN_PAGE,
  'src/features/sources/vscode/web/sourceTools.ts': 'Gives bytes: who reads them is in the table.',
  'webview/shared/graph/': IN_PAGE,
  'webview/site/': 'Runs in a site that the user built, on the index of that site.',
};
