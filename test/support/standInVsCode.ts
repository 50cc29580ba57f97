import { formatUri, joinUri } from '../../src/base';
import type { FileSystem } from '../../src/platform/core/ports';

/** Error for a missing file. */
class FileSystemError extends Error {
  readonly code = 'FileNotFound';
}

/**
 * The part of VS Code that the extension needs to activate and read a folder: files, URIs and settings are
 * real, everything else does nothing.
 */
export function standInVsCode(
  fileSystem: FileSystem,
  folder: string,
  settings: Readonly<Record<string, unknown>> = {},
): object {
  const workspaceFolder = { uri: Uri.parse(folder), name: 'workspace', index: 0 };
  return orNothing({
    Uri,
    CancellationError: class extends Error {},
    FileSystemError,
    FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
    l10n: { t: (message: string) => message },
    window: orNothing({
      activeTextEditor: undefined,
      visibleTextEditors: [],
      withProgress: (_options: unknown, task: (...args: unknown[]) => unknown) =>
        task(nothing, nothing),
    }),
    workspace: orNothing({
      isTrusted: true,
      textDocuments: [],
      workspaceFolders: [workspaceFolder],
      getWorkspaceFolder: () => workspaceFolder,
      getConfiguration: () =>
        orNothing({ get: (key: string, value: unknown) => settings[key] ?? value }),
      fs: orNothing({
        readFile: (uri: Uri) => fileSystem.readFile(uri.toString()),
        stat: async (uri: Uri) => {
          const stat = await fileSystem.stat(uri.toString());
          if (!stat) throw new FileSystemError('No such file');
          return { ...stat, type: stat.type === 'file' ? 1 : 2 };
        },
        readDirectory: async (uri: Uri) => {
          const entries = await fileSystem.readDirectory(uri.toString());
          return entries.map(({ name, type }) => [name, type === 'file' ? 1 : 2]);
        },
      }),
    }),
  });
}

/** The argument of `activate`. */
export function standInContext(): object {
  const state = orNothing({ get: (_key: string, value: unknown) => value });
  return orNothing({
    subscriptions: [],
    extension: orNothing({ packageJSON: {} }),
    extensionUri: Uri.parse('https://example.com/callboard'),
    storageUri: undefined,
    workspaceState: state,
    globalState: state,
  });
}

/** Returns a stand-in whose members are stand-ins that can be called and constructed, are empty and do nothing. */
const nothing: object = new Proxy(class {}, {
  get: (_, key) => {
    if (key === Symbol.iterator) return () => [].values();
    // Awaiting a thenable that never calls back would never end.
    return key === 'then' || typeof key === 'symbol' ? undefined : nothing;
  },
  apply: () => nothing,
  construct: () => nothing,
});

/** On the prototype, because bundlers copy own properties of modules and would keep them. */
function orNothing(members: object): object {
  return Object.assign(Object.create(nothing) as object, members);
}

class Uri {
  readonly fsPath: string;

  constructor(
    readonly scheme: string,
    readonly authority: string,
    readonly path: string,
  ) {
    this.fsPath = path;
  }

  static from({ scheme, authority, path }: Uri): Uri {
    return new Uri(scheme, authority, path);
  }

  static parse(text: string): Uri {
    const { protocol, host, pathname } = new URL(text);
    return new Uri(protocol.slice(0, -1), host, decodeURIComponent(pathname));
  }

  static joinPath(uri: Uri, ...segments: string[]): Uri {
    return Uri.parse(joinUri(uri.toString(), segments.join('/')));
  }

  with(change: Partial<Uri>): Uri {
    return Uri.from({ ...this, ...change });
  }

  toString(): string {
    return formatUri(this);
  }
}
