import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refParts } from '../../../../../../src/features/authoring/language/mentions/mention';
import { readEntityRef } from '../../../../../../src/model';

describe('`refParts`', () => {
  it('returns the same parts as parsing the ref', () => {
    const letters = fc.constantFrom(':', '/', 'a', 'b', '-', '.', ' ', '𝕏');
    fc.assert(
      fc.property(fc.string({ unit: letters }), ref => {
        const defaults = { defaultKind: 'K', defaultNamespace: 'N' };
        const read = readEntityRef(ref, defaults);
        fc.pre(read.ok);
        const { kind, namespace, name } = refParts(ref);
        const textOf = (part: { start: number; end: number } | undefined): string | undefined =>
          part && ref.slice(part.start, part.end);
        expect({
          kind: textOf(kind) ?? 'K',
          namespace: textOf(namespace) ?? 'N',
          name: textOf(name),
        }).toEqual(read.ok && read.value);
      }),
    );
  });
});
