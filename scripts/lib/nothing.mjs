/* Stands in bundles in the place of libraries that are imported and never used. */
export {};
