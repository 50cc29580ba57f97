import { describe, expect, it } from 'vitest';
import {
  annotationDoc,
  annotationDocs,
} from '../../../../../src/features/authoring/language/annotationDocs';
import { annotationFault, wellKnownAnnotations } from '../../../../../src/model/annotations';

describe('Annotation docs', () => {
  it('have an example that the plugin accepts', () => {
    const faults = wellKnownAnnotations.flatMap(annotation => {
      const example = annotationDoc(annotation.key)?.example ?? '';
      const fault = annotationFault(annotation, example);
      return fault === undefined ? [] : [`${annotation.key}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('name the reader of each annotation in one sentence', () => {
    for (const { key, title, usedBy } of annotationDocs) {
      expect([key, title]).toEqual([key, expect.stringMatching(/^[A-Z].*\.$/)]);
      expect(usedBy).not.toBe('');
    }
  });
});
