/** A field's place in a document: keys and indices from the root. */
export type FieldPath = readonly (string | number)[];
