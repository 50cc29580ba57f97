import { html } from 'lit';
import { readRepoUrl, type RepoUrlParts } from '../../../../../src/model/forms';
import {
  type ForgeLookup,
  portalRequests,
  type RepoUrlPart,
  type TextControl,
} from '../../../../../src/features/portal/protocol';
import type { ChosenEvent } from './ChoiceBox';
import { fieldAttributes } from './fieldAttributes';
import { type Draw, type FieldContext, textOf } from './fieldContext';
import { framed } from './fieldFrame';
import './LookupBox';

/** What is asked for a part of a repository's address; undefined where too little is filled in for that. */
export function lookupOfPart(
  { lookup }: RepoUrlPart,
  { host, owner }: RepoUrlParts,
): ForgeLookup | undefined {
  if (host === '') return undefined;
  if (lookup === 'owners') return { what: 'owners', host };
  return lookup === 'repositories' && owner !== '' ? { what: lookup, host, owner } : undefined;
}

/** An owner, or a branch of the repository that the form's field `repoUrl` has, as Backstage has it. */
export const lookupField: Draw<TextControl> = (field, control, context) => {
  const { editor } = context;
  const lookup = lookupOf(control, context);
  return framed(
    field,
    editor,
    html`<callboard-lookup-box
      ${fieldAttributes(field, editor)}
      .isLabelHidden=${field.isTitleHidden}
      .value=${textOf(editor.valueOf(field.path))}
      .host=${lookup?.host ?? ''}
      .lookUp=${lookup && asking(lookup, context)}
      .lookUpKey=${JSON.stringify(lookup)}
      @chosen=${({ values }: ChosenEvent) => editor.set(field, values[0] ?? field.emptyValue, true)}
      @left=${() => editor.left(field.path)}
    ></callboard-lookup-box>`,
  );
};

export function asking(lookup: ForgeLookup, { request }: FieldContext) {
  return (signal: AbortSignal): Promise<readonly string[]> =>
    request(portalRequests.getForgeChoices, { lookup }, signal);
}

function lookupOf({ style, host }: TextControl, { editor }: FieldContext): ForgeLookup | undefined {
  if (style === 'repoOwner') return host === undefined ? undefined : { what: 'owners', host };
  const { host: of, owner, repo } = readRepoUrl(textOf(editor.valueOf(['repoUrl'])));
  return of && owner && repo ? { what: 'branches', host: of, owner, repo } : undefined;
}
