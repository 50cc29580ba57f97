export type Mood = 'LATE' | 'VERY_LATE' | 'CANCELLED';

const subjects: Record<Mood, string> = {
  LATE: 'Your ferry is a little late',
  VERY_LATE: 'Your ferry is late. Have a coffee on us',
  CANCELLED: 'Your ferry cannot sail today',
};

export const subjectFor = (mood: Mood): string => subjects[mood];
