/* Replaces unused imports in bundles. */
export default undefined;
