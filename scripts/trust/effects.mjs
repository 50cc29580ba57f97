/**
 * What Callboard reads beyond the workspace, starts, asks and writes; one row for each purpose.
 *
 * @typedef {'any workspace' | 'a trusted workspace' | 'the user' | "the user's settings" | 'the command line'} Cause
 *   `a trusted workspace`: by a setting or a file of its own. `the user`: by a command, a button or a menu each time.
 *   `the command line`: whoever starts it, with what they name there
 * @typedef {object} EffectRow
 * @property {'read' | import('../lib/effectPlaces.mjs').EffectKind} kind
 * @property {string} what
 * @property {Cause[]} by
 * @property {import('../../src/platform/core/trust').GuardedEffect} [effect] what is asked of `mayCause`, without which nothing happens
 * @property {string[]} [entries] names of what does it: in the window, only files that ask `mayCause` for the effect use them
 * @property {string[]} [settings] guarded settings, without which nothing happens
 * @property {string} guard `path#text`: a file that holds it back, and where in it
 * @property {string[]} tests paths
 * @property {string[]} places files that do it, as `lib/effectPlaces.mjs` finds them
 */

const restricted = 'test/host/restricted/trust.test.ts';

/** @type {readonly EffectRow[]} */
export const effectRows = [
  // Reads beyond the folders of the workspace.
  {
    kind: 'read',
    what: 'Environment variables, for `${NAME}` of an app-config and `!ENV` of a `mkdocs.yml`',
    by: ['a trusted workspace'],
    effect: 'environmentVariables',
    guard: 'src/features/techdocs/vscode/followedSites.ts#environment',
    tests: ['test/unit/features/appConfig/core/readAppConfig.test.ts'],
    places: [],
  },
  {
    kind: 'read',
    what: 'Files outside of the workspace folders that an app-config leads to; they are watched, too',
    by: ['a trusted workspace'],
    effect: 'filesOutside',
    guard: 'src/features/appConfig/vscode/backstageMode.ts#confinedTo',
    tests: ['test/unit/features/catalog/core/configuredBackstage/backstageIndex.test.ts'],
    places: [],
  },
  {
    kind: 'read',
    what: 'Hosts of repositories in an app-config (`integrations`)',
    by: ['a trusted workspace'],
    effect: 'forgesOfConfigs',
    guard: 'src/features/scaffolder/vscode/scaffolderSettings.ts#readScaffolderSettings',
    tests: ['test/unit/features/appConfig/core/scaffolderConfig.test.ts'],
    places: [],
  },

  // Processes and threads.
  {
    kind: 'process',
    what: '`git config --get user.email`, to find the user among the Users of the catalog',
    by: ['a trusted workspace', 'the command line'],
    effect: 'gitIdentity',
    entries: ['gitUserEmail'],
    guard: 'src/features/catalog/vscode/vsCodeIdentityService.ts#askGit',
    tests: [restricted, 'test/unit/features/scm/node/processGitClient.test.ts'],
    places: ['src/features/scm/node/gitProcess.ts'],
  },
  {
    kind: 'process',
    what: '`git log -1` of a page of docs that is shown',
    by: ['a trusted workspace'],
    effect: 'gitHistory',
    entries: ['gitLastChange'],
    guard: 'src/features/portal/vscode/panels/portalPanels.ts#lastChange',
    tests: ['test/unit/features/scm/node/processGitClient.test.ts'],
    places: ['src/features/scm/node/gitProcess.ts'],
  },
  {
    kind: 'process',
    what: '`git log` of YAML files, for the entities that changed last on the home page',
    by: ['a trusted workspace'],
    effect: 'gitHistory',
    entries: ['recentChanges'],
    guard: 'src/features/portal/vscode/lazyPortal.ts#recentChanges',
    tests: ['test/unit/features/scm/node/processGitClient.test.ts'],
    places: ['src/features/scm/node/gitProcess.ts'],
  },
  {
    kind: 'process',
    what: 'git for sources, in bare mirrors of its own',
    by: ["the user's settings", 'a trusted workspace', 'the command line'],
    effect: 'gitMirrors',
    entries: ['openMirrors'],
    guard: 'src/features/sources/vscode/sourceWorld.ts#mirrors',
    tests: [
      restricted,
      'test/unit/features/sources/vscode/sourceWorld.test.ts',
      'test/unit/features/scm/node/mirrors/gitMirrorHostile.test.ts',
    ],
    places: ['src/features/scm/node/gitProcess.ts'],
  },
  {
    kind: 'process',
    what: 'git for what a template publishes, in a temporary repository or the clone that the user selects',
    by: ['the user', 'the command line'],
    effect: 'templateRuns',
    guard: 'src/features/scaffolder/vscode/consent/consent.ts#canRun',
    tests: [restricted, 'test/unit/features/scm/node/publishing/gitPublisher.test.ts'],
    places: ['src/features/scm/node/gitProcess.ts'],
  },
  {
    kind: 'process',
    what: 'git that prints objects of a commit, for `callboard diff` and `--changed-since`',
    by: ['the command line'],
    guard: 'src/features/scm/node/gitProcess.ts#startGit',
    tests: ['test/unit/features/scm/node/reading/gitRepository.test.ts'],
    places: ['src/features/scm/node/gitProcess.ts'],
  },
  {
    kind: 'process',
    what: 'MkDocs, which runs what a `mkdocs.yml` names',
    by: ['the user'],
    effect: 'mkdocs',
    entries: ['runMkdocs'],
    guard: 'src/features/techdocs/vscode/vsCodeDocsBuilder.ts#runMkdocs',
    tests: [restricted, 'test/unit/features/techdocs/node/mkdocs.test.ts'],
    places: ['src/features/techdocs/node/mkdocs.ts'],
  },
  {
    kind: 'process',
    what: 'Graphviz and PlantUML for diagrams of a page that is shown, by commands that the user has set',
    by: ['a trusted workspace'],
    effect: 'diagramPrograms',
    entries: ['platform.programs'],
    guard: 'src/features/techdocs/core/pages/diagramDrawer.ts#mayRun',
    tests: [
      'test/unit/features/techdocs/core/pages/diagramDrawer.test.ts',
      'test/unit/platform/node/runProgram.test.ts',
    ],
    places: ['src/platform/node/runProgram.ts'],
  },
  {
    kind: 'process',
    what: 'The language server, a script of the extension',
    by: ['any workspace'],
    guard: 'src/features/authoring/vscode/desktop/languageClient.ts#extensionUri',
    tests: ['test/host/language/serverProcess.test.ts'],
    places: ['src/features/authoring/vscode/desktop/languageClient.ts'],
  },
  {
    kind: 'process',
    what: 'The MCP server, which is the command line; VS Code asks before it starts one',
    by: ['a trusted workspace'],
    effect: 'mcpServer',
    entries: ['McpStdioServerDefinition'],
    guard: 'src/features/agents/vscode/mcpServers.ts#mcpServers',
    tests: ['test/unit/features/agents/vscode/mcpServers.test.ts'],
    places: ['src/features/agents/vscode/mcpServers.ts'],
  },
  {
    kind: 'process',
    what: 'Tasks, which run the command line; VS Code runs none without trust',
    by: ['the user'],
    guard: 'src/platform/vscode/tasks/commandLineTasks.ts#readDefinition',
    tests: ['test/host/tasks/tasks.test.ts'],
    places: ['src/platform/vscode/tasks/commandLineTasks.ts'],
  },
  {
    kind: 'process',
    what: 'Threads that parse, search, draw graphs and work out templates, by scripts of the extension',
    by: ['any workspace'],
    guard: 'src/extension.ts#scriptOf',
    tests: [
      'test/unit/platform/node/threads/nodeWorkerPool.test.ts',
      'test/unit/platform/node/threads/nodeThread.test.ts',
    ],
    places: [
      'src/platform/node/threads/nodeWorkerPool.ts',
      'src/platform/node/threads/nodeThread.ts',
      'webview/shared/graph/drawing/sceneMaker.ts',
    ],
  },
  {
    kind: 'process',
    what: "`git clone` by VS Code's git extension, of the repository that a source is, or the https address that its file is shown at",
    by: ['the user'],
    guard: 'src/features/sources/vscode/sourcePlaces.ts#repositoryOf',
    tests: ['test/unit/features/sources/vscode/sourcePlaces.test.ts'],
    places: ['src/features/sources/plugin/vscode/sourceCommands.ts'],
  },
  {
    kind: 'process',
    what: 'Commands of VS Code that a card, a page or a search result of a plugin names; a page gets back only what it was sent',
    by: ['the user'],
    guard: 'src/features/portal/vscode/linkTargets.ts#isKnown',
    tests: ['test/unit/features/portal/vscode/linkTargets.test.ts'],
    places: [
      'src/features/portal/vscode/linkTargets.ts',
      'src/features/search/plugin/vscode/openResult.ts',
    ],
  },
  {
    kind: 'process',
    what: "Callboard's own commands, whose ids begin with `callboard.`",
    by: ['the user'],
    guard: 'src/features/plugins/vscode/latePlugin.ts#prefix',
    tests: ['test/unit/manifest/strings.test.ts'],
    places: [
      'src/features/plugins/vscode/latePlugin.ts',
      'src/features/catalog/plugin/vscode/builtinEntityCommands.ts',
      'src/features/backstage/plugin/vscode/index.ts',
    ],
  },

  // Other machines.
  {
    kind: 'network',
    what: 'Sources: forges, Backstages and addresses, by https to hosts that are named, with the token of each host',
    by: ["the user's settings", 'a trusted workspace', 'the command line'],
    settings: ['callboard.catalog.hosts', 'callboard.catalog.sources'],
    guard: 'src/features/sources/core/http/defaultSourceHttp.ts#allowed',
    tests: [
      restricted,
      'test/unit/features/sources/core/http/mayAsk.test.ts',
      'test/unit/platform/node/http/guardedHttpClient.test.ts',
    ],
    places: [
      'src/platform/node/http/guardedHttpClient.ts',
      'src/platform/node/http/httpConnections.ts',
      'src/platform/node/http/withheldAddresses.ts',
      'src/features/sources/vscode/web/sourceTools.ts',
    ],
  },
  {
    kind: 'network',
    what: 'Refs that descriptors name, on Backstages that are sources of the user',
    by: ['any workspace'],
    guard: 'src/features/sources/core/http/defaultSourceHttp.ts#allowed',
    tests: ['test/unit/features/backstage/core/catalog/partial/findNamed.test.ts'],
    places: [
      'src/platform/node/http/guardedHttpClient.ts',
      'src/features/sources/vscode/web/sourceTools.ts',
    ],
  },
  {
    kind: 'network',
    what: 'Addresses that an app-config registers, on hosts that it has integrations for or may read from',
    by: ['a trusted workspace', 'the command line'],
    effect: 'addressesOfConfigs',
    guard: 'src/features/sources/vscode/lazySources.ts#catalogDeps',
    tests: ['test/unit/features/sources/core/url/configuredUrls.test.ts'],
    places: [
      'src/platform/node/http/guardedHttpClient.ts',
      'src/features/sources/vscode/web/sourceTools.ts',
    ],
  },
  {
    kind: 'network',
    what: 'Names of git remotes, looked up before git connects to them',
    by: ["the user's settings", 'a trusted workspace', 'the command line'],
    effect: 'gitMirrors',
    guard: 'src/features/scm/node/mirrors/gitMirrorRemote.ts#isNamed',
    tests: ['test/unit/features/scm/node/mirrors/gitMirrorNames.test.ts'],
    places: ['src/features/scm/node/mirrors/gitMirrorRemote.ts'],
  },
  {
    kind: 'network',
    what: 'What a template fetches, from hosts in the settings of the user, after a question for each',
    by: ['the user', 'the command line'],
    effect: 'templateRuns',
    guard: 'src/features/scaffolder/vscode/runs/templateRunner.ts#mayFetch',
    tests: [restricted, 'test/unit/features/scaffolder/core/sources/remoteSources.test.ts'],
    places: ['src/platform/node/http/guardedHttpClient.ts'],
  },
  {
    kind: 'network',
    what: 'APIs of forges, for what a template publishes and for choices in its form',
    by: ['the user', 'the command line'],
    guard: 'src/features/scm/core/forges/hostForges.ts#HostForges',
    tests: [
      'test/unit/features/scm/core/forges/hostForges.test.ts',
      'test/unit/platform/node/http/nodeHttpClient.test.ts',
    ],
    places: ['src/platform/node/http/nodeHttpClient.ts'],
  },
  {
    kind: 'network',
    what: 'JSON schemas that files name, from hosts in the settings',
    by: ['a trusted workspace'],
    effect: 'schemaRequests',
    guard: 'src/features/authoring/language/structure/schemas/foreignSchemas.ts#isTrusted()',
    tests: ['test/unit/features/authoring/language/structure/structureProvider.test.ts'],
    places: ['src/server/texts/openTexts.ts'],
  },
  {
    kind: 'network',
    what: 'Sign-in to a Backstage: a browser, and a port on 127.0.0.1 for its answer',
    by: ['the user'],
    guard: 'src/platform/node/http/loopbackCallbacks.ts#listenOnLoopback',
    tests: [
      'test/unit/features/backstage/core/signIn/signIn.test.ts',
      'test/unit/platform/node/http/loopbackCallbacks.test.ts',
    ],
    places: [
      'src/platform/node/http/loopbackCallbacks.ts',
      'src/features/backstage/vscode/signInDesk.ts',
    ],
  },
  {
    kind: 'network',
    what: "Sessions of VS Code's accounts for github.com and the GitHub Enterprise of its settings",
    by: ['the user', "the user's settings"],
    guard: 'src/platform/vscode/hostAccounts.ts#providerOf',
    tests: [
      'test/unit/features/sources/vscode/sourceTokenDesk.test.ts',
      'test/unit/features/scaffolder/vscode/tokens/forgeAccounts.test.ts',
    ],
    places: ['src/platform/vscode/hostAccounts.ts'],
  },
  {
    kind: 'network',
    what: 'Links, opened in the browser: `http`, `https` and `mailto` only',
    by: ['the user'],
    guard: 'src/features/portal/vscode/linkTargets.ts#isSafeUrl',
    tests: [
      'test/unit/features/portal/vscode/linkTargets.test.ts',
      'test/unit/features/scaffolder/vscode/runs/taskLinks.test.ts',
    ],
    places: [
      'src/features/catalog/plugin/vscode/pickers/entityLinkPicker.ts',
      'src/features/techdocs/plugin/vscode/docsCommands.ts',
      'src/features/search/plugin/vscode/openResult.ts',
      'src/features/sources/plugin/vscode/sourceCommands.ts',
      'src/features/portal/vscode/linkTargets.ts',
      'src/platform/vscode/quickInput/quickSteps.ts',
      'src/features/scaffolder/vscode/runs/taskDesk.ts',
    ],
  },
  {
    kind: 'network',
    what: 'The search index of a built site, from the site itself',
    by: ['the user'],
    guard: 'webview/site/search.ts#this.#root',
    tests: ['test/component/builtSite.test.ts'],
    places: ['webview/site/search.ts'],
  },

  // Writes.
  {
    kind: 'write',
    what: 'Edits of descriptors, renames and drafts, as edits that can be undone',
    by: ['the user'],
    guard: 'src/features/authoring/vscode/vsCodeEdits.ts#applyEdit',
    tests: ['test/host/edits/edits.test.ts'],
    places: ['src/features/authoring/vscode/vsCodeEdits.ts'],
  },
  {
    kind: 'write',
    what: 'Refactorings of the language server, as edits that the client applies',
    by: ['the user'],
    guard: 'src/server/requests/refactorings.ts#applyEdit',
    tests: ['test/host/authoring/refactoring.test.ts'],
    places: ['src/server/requests/refactorings.ts'],
  },
  {
    kind: 'write',
    what: 'Fixes, renames of headings, and links to moved pages of docs, as edits that VS Code applies',
    by: ['the user'],
    guard: 'src/features/techdocs/vscode/pageMoves.ts#distinctEdits',
    tests: ['test/host/docs/authoring.test.ts'],
    places: [
      'src/features/techdocs/vscode/pageFixes.ts',
      'src/features/techdocs/vscode/pageMoves.ts',
    ],
  },
  {
    kind: 'write',
    what: 'Files that a template makes, all or none, and the golden files of its tests',
    by: ['the user', 'the command line'],
    effect: 'templateRuns',
    guard: 'src/features/scaffolder/vscode/consent/consent.ts#canRun',
    tests: [
      restricted,
      'test/unit/features/scaffolder/core/writing/writeFiles.test.ts',
      'test/unit/platform/node/files/nodeOutputFolder.test.ts',
    ],
    places: [
      'src/platform/node/files/nodeOutputFolder.ts',
      'src/platform/vscode/files/vsCodeOutputFolder.ts',
    ],
  },
  {
    kind: 'write',
    what: 'What a template update changes in a project, file by file',
    by: ['the user', 'the command line'],
    effect: 'templateRuns',
    guard: 'src/features/scaffolder/vscode/drift/templateUpdates.ts#canRun',
    tests: [
      'test/unit/features/scaffolder/core/drift/checkTemplate.test.ts',
      'test/unit/features/scaffolder/cli/templateUpdate.test.ts',
    ],
    places: [
      'src/platform/node/files/nodeOutputFolder.ts',
      'src/features/scaffolder/vscode/drift/templateUpdates.ts',
      'src/features/scaffolder/vscode/drift/updateReview.ts',
    ],
  },
  {
    kind: 'write',
    what: 'Commits of what a template publishes, in a temporary repository or the clone that the user selects',
    by: ['the user', 'the command line'],
    effect: 'templateRuns',
    guard: 'src/features/scaffolder/vscode/consent/consent.ts#canRun',
    tests: [restricted, 'test/unit/features/scm/node/publishing/gitPublisher.test.ts'],
    places: [
      'src/features/scm/node/publishing/gitPublisher.ts',
      'src/features/scm/node/publishing/gitCheckout.ts',
      'src/platform/node/exitCleanup.ts',
    ],
  },
  {
    kind: 'write',
    what: 'A site of docs, into a folder that the user selects',
    by: ['the user', 'the command line'],
    guard: 'src/features/techdocs/vscode/vsCodeDocsBuilder.ts#checkTarget',
    tests: [
      'test/unit/features/techdocs/core/build/writeDocs.test.ts',
      'test/unit/features/techdocs/cli/docsBuild.test.ts',
    ],
    places: [
      'src/platform/node/files/nodeOutputFolder.ts',
      'src/platform/vscode/files/vsCodeOutputFolder.ts',
    ],
  },
  {
    kind: 'write',
    what: 'The metadata of a site that MkDocs has built',
    by: ['the user'],
    effect: 'mkdocs',
    guard: 'src/features/techdocs/vscode/vsCodeDocsBuilder.ts#runMkdocs',
    tests: ['test/unit/features/techdocs/node/mkdocs.test.ts'],
    places: ['src/features/techdocs/node/mkdocs.ts'],
  },
  {
    kind: 'write',
    what: "Caches of the catalog, the search and sources, in the extension's own storage",
    by: ['any workspace', 'the command line'],
    guard: 'src/platform/vscode/desktop/nodePlatform.ts#createBlobStore',
    tests: [
      'test/unit/platform/node/files/nodeBlobStore.test.ts',
      'test/unit/platform/node/files/makeFolder.test.ts',
    ],
    places: ['src/platform/node/files/nodeBlobStore.ts'],
  },
  {
    kind: 'write',
    what: 'Results of earlier runs of the command line, in a folder of the user with a limited size',
    by: ['the command line'],
    guard: 'src/cli/userCache.ts#UserCache',
    tests: ['test/unit/cli/userCache.test.ts', 'test/unit/cli/replay.test.ts'],
    places: ['src/cli/userCache.ts'],
  },
  {
    kind: 'write',
    what: "Mirrors of repositories, in the extension's own storage",
    by: ["the user's settings", 'a trusted workspace', 'the command line'],
    effect: 'gitMirrors',
    guard: 'src/features/sources/vscode/sourceWorld.ts#mirrors',
    tests: [restricted, 'test/unit/features/scm/node/mirrors/gitMirrors.test.ts'],
    places: [
      'src/features/scm/node/mirrors/gitMirrorStore.ts',
      'src/features/scm/node/mirrors/gitMirrors.ts',
      'src/platform/node/exitCleanup.ts',
    ],
  },
  {
    kind: 'write',
    what: 'Tokens and sign-ins, in the secret storage',
    by: ['the user'],
    guard: 'src/platform/vscode/hostAccounts.ts#keyOf',
    tests: [
      'test/unit/features/sources/vscode/sourceTokenDesk.test.ts',
      'test/unit/features/backstage/vscode/signInDesk.test.ts',
    ],
    places: ['src/platform/vscode/hostAccounts.ts', 'src/features/sources/vscode/sourceWorld.ts'],
  },
  {
    kind: 'write',
    what: 'Settings: sources, kinds and ignored problems',
    by: ['the user'],
    guard: 'src/platform/vscode/trust/settings.ts#writeSetting',
    tests: [
      'test/unit/features/sources/vscode/sourceSettings.test.ts',
      'test/host/problems/problems.test.ts',
    ],
    places: ['src/platform/vscode/trust/settings.ts'],
  },
  {
    kind: 'write',
    what: 'State of the workspace in VS Code: stars, recent pages, drafts and runs of templates without secrets, the chosen app-config',
    by: ['the user'],
    guard: 'src/platform/vscode/vsCodeStateService.ts#memento',
    tests: ['test/unit/features/scaffolder/core/tasks/taskRecord.test.ts'],
    places: [
      'src/platform/vscode/vsCodeStateService.ts',
      'src/features/appConfig/vscode/backstageMode.ts',
    ],
  },
  {
    kind: 'write',
    what: 'The clipboard',
    by: ['the user'],
    guard: 'src/features/portal/vscode/answers/editorAnswers.ts#answersOf',
    tests: ['test/unit/features/portal/protocol/validation/portalParams.test.ts'],
    places: [
      'src/features/catalog/plugin/vscode/commands/catalogCommands.ts',
      'src/features/sources/plugin/vscode/sourceCommands.ts',
      'src/features/portal/vscode/answers/editorAnswers.ts',
      'webview/site/main.ts',
    ],
  },
  {
    kind: 'write',
    what: 'Exports of a page, into a file that the user selects in a dialog',
    by: ['the user'],
    guard: 'src/features/portal/vscode/answers/editorAnswers.ts#showSaveDialog',
    tests: ['test/component/portal/catalog.test.ts', 'test/component/portal/graphPage.test.ts'],
    places: ['src/features/portal/vscode/answers/editorAnswers.ts'],
  },
  {
    kind: 'write',
    what: 'Drafts of descriptors of `callboard import`; none over a file that is there',
    by: ['the command line'],
    guard: "src/features/authoring/cli/import.ts#flag: 'wx'",
    tests: ['test/unit/features/authoring/cli/import.test.ts'],
    places: ['src/features/authoring/cli/import.ts'],
  },
  {
    kind: 'write',
    what: 'Nothing: these open files for reading',
    by: ['any workspace'],
    guard: 'src/platform/node/files/nodeFileSystem.ts#READING',
    tests: ['test/unit/platform/node/files/nodeFileSystem.test.ts'],
    places: [
      'src/platform/node/files/nodeFileSystem.ts',
      'src/platform/node/files/blockingFileSystem.ts',
    ],
  },
];
