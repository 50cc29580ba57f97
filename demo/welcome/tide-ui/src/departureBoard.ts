export const harbourBlue = '#1d5b79';

export interface Departure {
  time: string;
  to: string;
  mood: 'ON_TIME' | 'LATE' | 'VERY_LATE' | 'CANCELLED';
}

export const boardLine = ({ time, to, mood }: Departure): string =>
  `${time}  ${to}${mood === 'ON_TIME' ? '' : '  ⚓ please wait'}`;
