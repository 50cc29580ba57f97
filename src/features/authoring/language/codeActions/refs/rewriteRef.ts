import { CodeActionKind } from 'vscode-languageserver-types';
import { shortenEntityRef } from '../../../../../model';
import { replaceValue } from '../../../core/edits';
import { refAt } from '../../descriptors/writtenRefs';
import type { ActionSource, OfferedAction } from '../actionSource';
import { editOfPart, positionInPart } from '../workspaceEdits';

/** A ref in full, and in the shortest form that means the same in its field. */
export const rewriteRef: ActionSource = ({ text, range, context }) => {
  const ref = refAt(text, text.offsetAt(range.start), context.catalog.kinds);
  if (!ref?.target) return [];
  const { placed, scalar, field, target } = ref;
  const { defaultKind, defaultNamespace } = field;
  const { kind, namespace, name } = { ...target, kind: target.kind.toLowerCase() };
  const full = `${kind}:${namespace}/${name}`;
  const short = shortenEntityRef(
    { kind, namespace, name },
    { ...(defaultKind !== undefined && { defaultKind }), defaultNamespace },
  );
  const position = positionInPart(placed, scalar.start);
  const action = (title: string, value: string): readonly OfferedAction[] => {
    if (value === scalar.value) return [];
    const edit = editOfPart(placed, source => replaceValue(source, position, value));
    if (!edit) return [];
    const changes = [{ uri: text.uri, text: text.text, edits: [edit] }];
    return [{ title, kind: CodeActionKind.RefactorRewrite, changes }];
  };
  return [
    ...action(`Write the ref in full: ${full}`, full),
    ...(short === full ? [] : action(`Shorten the ref: ${short}`, short)),
  ];
};
