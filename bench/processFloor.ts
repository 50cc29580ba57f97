import { textsBelow } from './processTexts';

/* The floor of the command line: a process that finds and reads the same files, and does nothing else. */

let characters = 0;
for (const text of textsBelow(process.argv[2] ?? '.')) characters += text.length;
console.log(characters);
