/** Who works on the demo fleet. */
export const PEOPLE = {
  amara: { name: 'Amara Osei', email: 'amara@demo.example', team: 'payments' },
  bjorn: {
    name: 'Björn Lindqvist',
    email: 'bjorn@demo.example',
    team: 'payments',
  },
  chen: { name: 'Chen Wei', email: 'chen@demo.example', team: 'web' },
  dalia: { name: 'Dalia Haddad', email: 'dalia@demo.example', team: 'web' },
  elif: { name: 'Elif Kaya', email: 'elif@demo.example', team: 'platform' },
  farid: {
    name: 'Farid Rahimi',
    email: 'farid@demo.example',
    team: 'platform',
  },
  greta: { name: 'Greta Moser', email: 'greta@demo.example', team: 'data' },
  hugo: { name: 'Hugo Pereira', email: 'hugo@demo.example', team: 'mobile' },
} as const;

export type Person = keyof typeof PEOPLE;

export const TEAMS = {
  payments: 'Moves money, and proves where it went',
  web: 'What customers see',
  platform: 'What the other teams build on',
  data: 'Forecasts and reports',
  mobile: 'The apps',
} as const;

export type Team = keyof typeof TEAMS;
