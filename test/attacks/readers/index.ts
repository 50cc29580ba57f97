import type { Reader } from '../attack';
import { agentReaders } from './agents';
import { answerReaders } from './answers';
import { catalogReaders } from './catalog';
import { commandLineReaders } from './commandLine';
import { definitionReaders } from './definitions';
import { docsReaders } from './docs';
import { editorReaders } from './editor';
import { languageReaders } from './language';
import { languageServerReaders } from './languageServer';
import { protocolReaders } from './protocols';
import { searchReaders } from './search';
import { templateReaders } from './templates';

export const readers: readonly Reader[] = [
  ...catalogReaders,
  ...docsReaders,
  ...templateReaders,
  ...definitionReaders,
  ...languageReaders,
  ...languageServerReaders,
  ...searchReaders,
  ...agentReaders,
  ...answerReaders,
  ...commandLineReaders,
  ...editorReaders,
  ...protocolReaders,
];
