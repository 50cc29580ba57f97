// Loaded on demand: most data files are JSON or YAML.
export { parse as parseToml } from 'smol-toml';
