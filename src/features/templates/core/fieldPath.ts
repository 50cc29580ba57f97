/** Path of a field in a document: keys and indexes from the root. */
export type FieldPath = readonly (string | number)[];
