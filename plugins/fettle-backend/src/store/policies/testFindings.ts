import type { FindingReport } from 'backstage-plugin-fettle-node';

export function secret(given: Partial<FindingReport> = {}): FindingReport {
  return {
    ...{ kind: 'secret', rule: 'cloud-key', title: 'Key of a cloud' },
    ...{ severity: 'critical', path: 'deploy.env', line: 3 },
    ...{ keys: ['hmac:1'], message: 'A key of 40 characters' },
    ...given,
  };
}
