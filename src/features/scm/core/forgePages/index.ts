export {
  type ForgePages,
  forgePages,
  isForgeKnown,
  type RemoteHost,
  remotePages,
} from './forgePages';
