import type { Example } from '../Example';
import { made } from '../made';
import { prefixed } from './code';

export const OPERATIONS: Record<string, Example> = {
  'vault-token': prefixed(
    'hvs.',
    made('letters', 90),
    `hvb.${made('letters', 150)}`,
  ),
  'terraform-token': {
    bad: [`token = "${made('letters', 14)}.atlasv1.${made('letters', 67)}"`],
    good: [`${made('letters', 14)}.atlasv1.abc`, '.atlasv1.'],
  },
  'pulumi-token': prefixed('pul-', made('hex', 40)),
  'grafana-token': prefixed(
    'glsa_',
    `${made('letters', 32)}_${made('hex', 8)}`,
  ),
  'grafana-cloud-token': prefixed('glc_eyJ', made('base64', 120)),
  'sentry-token': prefixed(
    'sntryu_',
    made('hex', 64),
    `sntrys_eyJ${made('base64', 120)}`,
  ),
  'new-relic-key': prefixed('NRAK-', made('upper', 27)),
  'datadog-key': {
    bad: [
      `DD_API_KEY=${made('hex', 32)}`,
      `datadog_app_key: "${made('hex', 40)}"`,
    ],
    good: [`API=${made('hex', 32)}`, 'DD_API_KEY=abc', 'DD_APP_KEY=$KEY'],
  },
  'postman-key': prefixed('PMAK-', `${made('hex', 24)}-${made('hex', 34)}`),
  'linear-key': prefixed('lin_api_', made('letters', 40)),
  'packagist-token': prefixed('packagist_ort_', made('hex', 68)),
  'age-secret-key': {
    bad: [`AGE-SECRET-KEY-1${made('upper', 58).replace(/[BIO1]/g, 'Q')}`],
    good: ['AGE-SECRET-KEY-1', `age1${made('lower', 58)}`],
  },
};
