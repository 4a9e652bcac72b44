import { stringify } from 'yaml';
import type { DemoComponent } from '../DemoRepository';

/** A README with what a newcomer needs. */
export function readme(
  title: string,
  what: string,
  commands: { build: string; test: string },
): string {
  return `# ${title}

${what}

## Getting started

Clone the repository, then install and build:

\`\`\`sh
${commands.build}
\`\`\`

Run the tests before you push; the pipeline runs the same command:

\`\`\`sh
${commands.test}
\`\`\`

## How it is run

Every commit on \`main\` is built and deployed to staging. Production follows
when the smoke tests have been green for ten minutes. Dashboards and alerts are
linked from the component's page in the portal.

## Getting help

Ask the owning team, which CODEOWNERS names. Report a vulnerability to them
directly rather than in a public issue.
`;
}

export function codeowners(team: string, more: string[] = []): string {
  return [`# Who reviews what`, `*  @demo/${team}`, ...more, ''].join('\n');
}

/** The descriptor that a component keeps in its own repository. */
export function catalogInfo(component: DemoComponent): string {
  return stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: component.name,
      description: component.description,
      tags: component.tags,
    },
    spec: {
      type: component.type,
      lifecycle: component.lifecycle,
      owner: `group:default/${component.owner}`,
      system: component.system,
    },
  });
}
