import type { Example } from '../Example';
import { made } from '../made';

const SECRET_KEY = made('base64', 40);
const STORAGE_KEY = `${made('base64', 86)}==`;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html gives the ones with EXAMPLE. */
export const CLOUD: Record<string, Example> = {
  'aws-access-key-id': {
    bad: [
      `aws_access_key_id = AKIA${made('base32', 16)}`,
      `ASIA${made('base32', 16)}`,
    ],
    good: [
      'AKIAIOSFODNN7EXAMPLE',
      `AKIA${made('base32', 15)}`,
      `AKIA${made('base32', 17)}`,
      `XAKIA${made('base32', 16)}`,
      `AKIA${'A'.repeat(16)}`,
    ],
  },
  'aws-secret-access-key': {
    bad: [
      `aws_secret_access_key = ${SECRET_KEY}`,
      `AWS_SECRET_ACCESS_KEY="${SECRET_KEY}"`,
      `  secretAccessKey: '${SECRET_KEY}',`,
    ],
    good: [
      'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'AWS_SECRET_ACCESS_KEY=$SECRET',
      `integrity ${SECRET_KEY}`,
    ],
  },
  'aws-session-token': {
    bad: [`aws_session_token=${made('base64', 200)}`],
    good: ['aws_session_token=short', 'export AWS_SESSION_TOKEN'],
  },
  'google-api-key': {
    bad: [`key=AIza${made('letters', 35)}`],
    good: [`AIza${made('letters', 34)}`, `AIza${made('letters', 40)}`],
  },
  'google-service-account-key': {
    bad: [
      `{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n${made(
        'base64',
        64,
      )}\\n${made('base64', 60, 2)}\\n-----END PRIVATE KEY-----\\n"}`,
    ],
    good: ['"private_key": "-----BEGIN PRIVATE KEY-----\\n…"'],
  },
  'google-oauth-client-secret': {
    bad: [`"client_secret":"GOCSPX-${made('letters', 28)}"`],
    good: [`GOCSPX-${made('letters', 10)}`],
  },
  'google-oauth-access-token': {
    bad: [`ya29.${made('letters', 60)}`],
    good: ['ya29.short'],
  },
  'azure-storage-key': {
    bad: [
      `DefaultEndpointsProtocol=https;AccountName=pay;AccountKey=${STORAGE_KEY};EndpointSuffix=core.windows.net`,
    ],
    good: [
      'AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
      'AccountKey=<key>',
    ],
  },
  'azure-shared-access-key': {
    bad: [
      `Endpoint=sb://pay.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${made(
        'base64',
        43,
      )}=`,
    ],
    good: [
      'SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey={key}',
    ],
  },
  'azure-sas-token': {
    bad: [
      `https://pay.blob.core.windows.net/c/f?sv=2024-11-04&se=2027-01-01&sp=r&sig=${made(
        'letters',
        43,
      )}%3D`,
    ],
    good: ['https://pay.blob.core.windows.net/c/f?sv=2024-11-04&sig=signature'],
  },
  'azure-entra-client-secret': {
    bad: [`"${made('letters', 3)}8Q~${made('letters', 34)}"`],
    good: [`${made('letters', 3)}8Q~short`, `${made('letters', 40)}`],
  },
  'digitalocean-token': {
    bad: [`token: dop_v1_${made('hex', 64)}`],
    good: [`dop_v1_${made('hex', 63)}`, `dop_v2_${made('hex', 64)}`],
  },
  'heroku-api-key': {
    bad: [
      `HEROKU_API_KEY=${made('hex', 8)}-${made('hex', 4)}-${made(
        'hex',
        4,
        2,
      )}-${made('hex', 4, 3)}-${made('hex', 12)}`,
      `heroku_token: "HRKU-${made('letters', 60)}"`,
    ],
    good: [
      `HEROKU_APP_ID=${made('hex', 8)}-${made('hex', 4)}-${made('hex', 4)}`,
      'HEROKU_API_KEY=00000000-0000-0000-0000-000000000000',
    ],
  },
  'cloudflare-token': {
    bad: [`cfut_${made('letters', 40)}${made('hex', 8)}`],
    good: [`cfut_${made('letters', 40)}`, 'cfk_40characters'],
  },
  'cloudflare-origin-ca-key': {
    bad: [`v1.0-${made('hex', 24)}-${made('hex', 146)}`],
    good: [`v1.0-${made('hex', 24)}`],
  },
  'alibaba-access-key-id': {
    bad: [`LTAI${made('letters', 20)}`],
    good: ['LTAISHORT', `XLTAI${made('letters', 20)}`],
  },
  'databricks-token': {
    bad: [`dapi${made('hex', 32)}`, `dapi${made('hex', 32)}-2`],
    good: [`dapi${made('hex', 31)}`, 'dapi'],
  },
};
