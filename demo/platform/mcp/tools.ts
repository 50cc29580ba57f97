export const tools = ['next_sailing', 'piers_on_island', 'why_is_it_late'] as const;
