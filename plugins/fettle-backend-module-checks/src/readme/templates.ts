/** A text that a host or generator writes, recognised by how its prose begins. */
export interface ReadmeTemplate {
  name: string;
  opening: RegExp;
}

/** One line adds one. */
const README_TEMPLATES: readonly ReadmeTemplate[] = [
  {
    name: 'GitLab',
    opening: /^to make it easy for you to get started with gitlab/i,
  },
  {
    name: 'Azure DevOps',
    opening: /^todo: give a short introduction of your project/i,
  },
  {
    name: 'Rails',
    opening:
      /^this readme would normally document whatever steps are necessary to get the application/i,
  },
  {
    name: 'Bitbucket',
    opening:
      /^this readme would normally document whatever steps are necessary/i,
  },
  {
    name: 'Create React App',
    opening: /^this project was bootstrapped with create react app/i,
  },
  {
    name: 'Next.js',
    opening: /^this is a next\.js project bootstrapped with/i,
  },
  {
    name: 'Angular CLI',
    opening: /^this project was generated (with|using) angular cli/i,
  },
  {
    name: 'Vite',
    opening:
      /^this template (provides a minimal setup to get react working|should help get you started developing with vue)/i,
  },
  {
    name: 'Backstage',
    opening: /^this is your newly scaffolded backstage app, good luck!/i,
  },
];

/** The template that a README still opens with. */
export function templateOf(opening: string): string | undefined {
  return README_TEMPLATES.find(template => template.opening.test(opening))
    ?.name;
}
