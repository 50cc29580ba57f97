/* Stands in bundles in the place of what is imported and never used. */
export default undefined;
