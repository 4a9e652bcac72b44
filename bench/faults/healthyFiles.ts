import { licenceText } from '../../plugins/fettle-backend-module-playbooks/src/licences/licenceText';
import type { Files } from '../measure/Repository';

export const HOLDER = 'Acme';
export const OWNERS = '@acme/payments';
export const EDITORCONFIG = 'root = true\n[*]\nindent_style = space\n';
export const SECURITY = '# Security policy\n\nTell security@example.com.\n';
export const HELP = 'Ask in #help.';

/** The path of what a build does besides nothing. */
export const CHECK = 'check.sh';

export function readme(name: string, help = HELP): string {
  return `# ${name}

What it is for.

<!-- fettle: begin support -->
${help}
<!-- fettle: end support -->
`;
}

export function toolSettings(strict: boolean): string {
  return `{\n  // Of ours.\n  "name": "tool",\n  "strict": ${strict}\n}\n`;
}

export function serviceSettings(replicas: number): string {
  return `name: service # ours\nreplicas: ${replicas}\n`;
}

/** A repository in which nothing is wrong. */
export function healthyFiles(name: string): Files {
  return {
    'README.md': readme(name),
    LICENSE: licenceText('MIT', {
      holder: HOLDER,
      year: new Date().getUTCFullYear(),
    }),
    CODEOWNERS: `* ${OWNERS}\n`,
    'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: group:default/payments
`,
    'SECURITY.md': SECURITY,
    '.editorconfig': EDITORCONFIG,
    'tool.json': toolSettings(true),
    'service.yaml': serviceSettings(2),
    '.ci/ci/unit.sh': `#!/bin/sh
# step: Test
if [ -f ${CHECK} ]; then sh ${CHECK}; fi
`,
  };
}
