/** The parts of the Automation page, in their order; each is a path below it. */
export const automationTabs = [
  { id: 'overview', path: '' },
  { id: 'remediations', path: 'remediations' },
  { id: 'playbooks', path: 'playbooks' },
  { id: 'campaigns', path: 'campaigns' },
  { id: 'standards', path: 'standards' },
] as const;
