import * as vscode from 'vscode';
import { type BackstageInstance, formatAge } from '../../../../api';
import { type FallbackCopy } from '..';

/** Describes the copy of a Backstage that couldn't be reached. */
export function fallbackCopyOf({ source }: BackstageInstance): FallbackCopy {
  const { name, fetchedAt, part } = source;
  const now = Date.now();
  return {
    name,
    age: formatAge(fetchedAt ?? now, now, vscode.l10n.t),
    isPart: part !== undefined,
  };
}
