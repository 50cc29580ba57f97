/**
 * Reasons why a workspace may, or may not, set each setting without trust. `src/platform/core/trust` decides.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const reasonsOfSettings = {
  'callboard.catalog.backstage.config':
    "Names files that can include others, read environment variables and lead to addresses. Without trust, the user's value counts, and its files can't lead out of the workspace.",
  'callboard.catalog.backstage.modules':
    'Selects among rules that are built in. Reads, runs and asks nothing.',
  'callboard.catalog.backstage.version':
    'Selects among rules that are built in. Reads, runs and asks nothing.',
  'callboard.catalog.customKinds':
    'Declares kinds for this workspace. Their schemas are files of the workspace, with bounded cost.',
  'callboard.catalog.exclude': 'Hides files of the workspace only.',
  'callboard.catalog.followActiveEditor': 'Selects a row of a view.',
  'callboard.catalog.hosts': 'Names hosts that are asked, with the tokens of the user.',
  'callboard.catalog.include': 'Selects files below the workspace folders, through no link.',
  'callboard.catalog.maxFileSize': 'Bounds memory and time.',
  'callboard.catalog.modelLayers':
    'Names files of the workspace that declare kinds for it, as `.callboard/config.yaml` does. Their schemas have bounded cost.',
  'callboard.catalog.ownerFromCodeowners':
    'Reads CODEOWNERS of the repository, which is read anyway.',
  'callboard.catalog.sources':
    'Starts git and asks other machines, with the tokens of the user. The workspace adds to the sources of the user once it is trusted.',
  'callboard.codeowners.owners': 'Maps names within this catalog.',
  'callboard.docs.builder':
    'Selects what **Build Docs…** runs, which the user has to start. MkDocs needs a trusted workspace whatever the setting says.',
  'callboard.docs.graphviz': 'Names a program.',
  'callboard.docs.imageHosts':
    'Lets pages of docs load pictures, which tells their hosts who reads what.',
  'callboard.docs.mkdocsPath':
    'Names a program. A trusted workspace may have an MkDocs of its own, in a virtual environment.',
  'callboard.docs.plantuml': 'Names a program.',
  'callboard.docs.rules':
    'Selects which parts of `mkdocs.yml` apply to pages that are shown. No code of a site runs either way.',
  'callboard.docs.techdocsCore':
    'Selects how the Markdown of docs renders. No code of a site runs.',
  'callboard.explorer.decorations': 'Shows or hides decorations.',
  'callboard.plugins.trustWorkspaceCode':
    'Runs code that a workspace names, in the MCP servers. A trusted workspace has no say either: it would allow its own code.',
  'callboard.portal.openOnStartup':
    'Opens a page that shows what the catalog shows, in a window without editors.',
  'callboard.portal.singleKeyShortcuts': 'Turns shortcuts on portal pages on or off.',
  'callboard.problems.severity': 'Shows or hides problems of this workspace.',
  'callboard.scaffolder.actions': 'Silences problems about unknown actions. Makes no action run.',
  'callboard.templates.hosts':
    'Names hosts that templates fetch from. A trusted workspace has no say either: its templates would allow themselves.',
  'callboard.templates.integrations': 'Says how a host is asked, and so how a token is sent to it.',
  'callboard.templates.record':
    'Adds a file without secrets to what a template writes, which the user sees before.',
  'callboard.user': 'Says whose entities are "owned by me".',
  'callboard.yaml.schemaHosts': 'Names hosts that schemas are fetched from.',
  'callboard.yaml.structure':
    "Selects between Callboard and Red Hat's extension, if that is installed and enabled.",
  'github-enterprise.uri':
    "A setting of VS Code's GitHub extension: names a host that sessions of VS Code's accounts are for.",
};
