/**
 * Loads something when it is first asked for, and once: all who ask meanwhile wait for the same. What could not be
 * loaded is tried again by who asks next.
 */
export function onDemand<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    if (loaded) return loaded;
    const loading = load();
    loaded = loading;
    loading.catch(() => {
      loaded = undefined;
    });
    return loading;
  };
}
