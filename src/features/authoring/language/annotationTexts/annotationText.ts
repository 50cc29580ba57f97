/** What is said of an annotation: what its value says, a value, and what reads it. */
export type AnnotationText = readonly [key: string, title: string, example: string, usedBy: string];
