import { CodeActionKind } from 'vscode-languageserver-types';
import { displayName } from '../../../../catalog/core/targets';
import { descriptorOf } from '../../descriptors/descriptor';
import { cursorAt } from '../../documents/cursor';
import type { ActionSource, OfferedAction } from '../actionSource';
import { leadsTo, locationsNear, withTarget } from './locationFiles';

/** Where a descriptor says what it is. */
const PLACES = ['apiVersion', 'kind', 'metadata.name'];

/** More are no choice. */
const MAX_ACTIONS = 3;

/** Has a Location that does not lead to the file do so. */
export const addToLocation: ActionSource = async request => {
  const { text, range, context } = request;
  const cursor = cursorAt(text, text.offsetAt(range.start));
  if (!cursor || !PLACES.includes(cursor.path.join('.'))) return [];
  const descriptor = descriptorOf(cursor.placed.part, context.catalog.kinds);
  if (!descriptor || descriptor.isTemplated) return [];
  const boundary = context.boundaryOf(text.uri);
  const actions: OfferedAction[] = [];
  for (const location of await locationsNear(request)) {
    if (location.text.uri === text.uri || leadsTo(location, text.uri, request)) continue;
    const change = withTarget(location, text.uri, request);
    if (!change) continue;
    actions.push({
      title: `Add this file to Location "${location.name}" in ${displayName(location.text.uri, boundary)}`,
      kind: CodeActionKind.Refactor,
      changes: [change],
    });
    if (actions.length === MAX_ACTIONS) break;
  }
  return actions;
};
