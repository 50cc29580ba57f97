import * as vscode from 'vscode';
import type { Entity, Problem } from '../../../src/model';

/** Data that the harness puts beside the tests. */
export interface Given {
  readonly grep: string;
  /** Output of the command line for the same folder. */
  readonly entities: readonly { readonly entity: Entity }[];
  readonly problems: readonly Problem[];
}

export async function readGiven(name: string): Promise<Given> {
  const extension = vscode.extensions.getExtension('callboard.callboard');
  if (!extension) throw new Error('Callboard is not installed');
  const uri = vscode.Uri.joinPath(extension.extensionUri, 'tests', `${name}.json`);
  const response = await fetch(uri.toString(true));
  if (!response.ok) throw new Error(`${uri.toString()}: ${response.status}`);
  return (await response.json()) as Given;
}
