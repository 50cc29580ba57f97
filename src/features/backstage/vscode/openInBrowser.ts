import * as vscode from 'vscode';

/**
 * Opens an address in the browser. VS Code takes the escapes out of an address that it is given as a `Uri`, and puts in
 * others: those within the values of a query are lost. It leaves a text as it is (microsoft/vscode#85930).
 *
 * @returns whether the user wants it to be opened
 */
export async function openInBrowser(address: string): Promise<boolean> {
  const opening: unknown = Reflect.apply(vscode.env.openExternal, vscode.env, [address]);
  return (await opening) === true;
}
