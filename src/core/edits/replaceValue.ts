import { isScalar, type Scalar, visit } from 'yaml';
import { failure, LineIndex, type Position, type Result } from '../../base';
import { composeDocuments } from '../yaml';
import { applyOffsetEdits, type OffsetEdit } from './offsetEdit';
import { type FieldRefusal, MAX_NESTING } from './documentEdit';
import { replaceScalar } from './setField';

/** The edit that replaces the scalar, be it a key, that starts at a position; undefined when it has the value. */
export function replaceValue(
  text: string,
  start: Position,
  value: string,
): Result<OffsetEdit | undefined, FieldRefusal> {
  const lines = new LineIndex(text);
  const offset = lines.offsetOfLine(start.line) + start.character;
  const found = scalarAt(text, offset);
  if (!found) return failure('moved');
  const edit = replaceScalar(text, found.base, found.node, value);
  if (!edit.ok || !edit.value) return edit;
  const after = scalarAt(applyOffsetEdits(text, [edit.value]), offset);
  return after?.node.value === value ? edit : failure('unsafe');
}

function scalarAt(text: string, offset: number): { node: Scalar; base: number } | undefined {
  for (const { document, base, start, end } of composeDocuments(text, MAX_NESTING)) {
    if (offset < start || offset >= end) continue;
    if (!document || document.errors.length) return undefined;
    let node: Scalar | undefined;
    visit(document, {
      Scalar(_, scalar) {
        if (base + (scalar.range?.[0] ?? -1) !== offset) return undefined;
        node = scalar;
        return visit.BREAK;
      },
    });
    return node && isScalar(node) ? { node, base } : undefined;
  }
  return undefined;
}
