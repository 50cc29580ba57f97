const greetings = { en: 'Where to?', de: 'Wohin soll es gehen?', ja: 'どちらの島へ?' };

export const greeting = (language: keyof typeof greetings): string => greetings[language];
