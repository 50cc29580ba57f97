import * as vscode from 'vscode';

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<
        Record<string, { readonly scope: string; readonly default: unknown }>
      >;
    }[];
  };
}

/** Settings that an untrusted workspace can't set, with their defaults, from the manifest of the installed extension. */
export function guardedSettings(): ReadonlyMap<string, unknown> {
  const extension = vscode.extensions.getExtension('callboard.callboard');
  const { capabilities, contributes } = extension!.packageJSON as Manifest;
  const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
  return new Map(
    contributes.configuration
      .flatMap(({ properties }) => Object.entries(properties))
      .filter(([key, { scope }]) => scope === 'machine' || restrictedConfigurations.includes(key))
      .map(([key, setting]) => [key, setting.default]),
  );
}
