import type { Example } from '../Example';
import { made } from '../made';
import { prefixed } from './code';

const number = (length: number) => `1${made('digits', length - 1)}`;

export const SERVICES: Record<string, Example> = {
  'slack-token': prefixed(
    'xoxb-',
    `${number(12)}-${number(13)}-${made('letters', 24)}`,
    `xoxp-${number(12)}-${number(12)}-${number(13)}-${made('hex', 32)}`,
  ),
  'slack-app-token': {
    bad: [`xapp-1-A${made('upper', 10)}-${number(13)}-${made('hex', 64)}`],
    good: [`xapp-1-A${made('upper', 10)}-${number(13)}`],
  },
  'slack-webhook': {
    bad: [
      `https://hooks.slack.com/services/T${made('upper', 8)}/B${made(
        'upper',
        10,
      )}/${made('letters', 24)}`,
    ],
    good: [
      'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
      'https://hooks.slack.com/services/',
    ],
  },
  'discord-webhook': {
    bad: [
      `https://discord.com/api/webhooks/${number(18)}/${made('letters', 68)}`,
    ],
    good: ['https://discord.com/api/webhooks/{webhook.id}/{webhook.token}'],
  },
  'discord-bot-token': {
    bad: [
      `DISCORD_TOKEN=M${made('letters', 25)}.${made('letters', 6)}.${made(
        'letters',
        38,
      )}`,
    ],
    good: ['discord: MessageActionRow.Component.SelectMenuOptionBuilder'],
  },
  'telegram-bot-token': {
    bad: [`${number(10)}:AA${made('letters', 33)}`],
    good: [`${number(10)}:AA${made('letters', 20)}`, '12:AAbb'],
  },
  'twilio-api-key': {
    bad: [`new Twilio("SK${made('hex', 32)}")`],
    good: [`SK${made('hex', 32)}`, `twilio SK${made('hex', 31)}`],
  },
  'twilio-auth-token': {
    bad: [`TWILIO_AUTH_TOKEN=${made('hex', 32)}`],
    good: [`TWILIO_ACCOUNT_SID=AC${made('hex', 32)}`, 'TWILIO_AUTH_TOKEN='],
  },
  'sendgrid-key': prefixed(
    'SG.',
    `${made('letters', 22)}.${made('letters', 43)}`,
  ),
  'mailgun-key': prefixed('key-', made('hex', 32)),
  'mailchimp-key': {
    bad: [`${made('hex', 32)}-us12`],
    good: [`${made('hex', 31)}-us12`, `${made('hex', 32)}-use`],
  },
  'stripe-live-key': prefixed(
    'sk_live_',
    made('letters', 24),
    `rk_live_${made('letters', 99)}`,
  ),
  'stripe-test-key': prefixed('sk_test_', made('letters', 24)),
  'stripe-webhook-secret': prefixed('whsec_', made('letters', 32)),
  'shopify-token': prefixed(
    'shpat_',
    made('hex', 32),
    `shpss_${made('hex', 32)}`,
  ),
  'square-token': prefixed('sq0csp-', made('letters', 43)),
  'anthropic-key': prefixed('sk-ant-api03-', `${made('letters', 93)}AA`),
  'openai-key': {
    bad: [
      `sk-proj-${made('letters', 74)}T3BlbkFJ${made('letters', 74)}`,
      `sk-${made('letters', 20)}T3BlbkFJ${made('letters', 20)}`,
    ],
    good: ['sk-proj-...', `T3BlbkFJ${made('letters', 20)}`],
  },
  'openrouter-key': prefixed('sk-or-v1-', made('hex', 64)),
  'huggingface-token': prefixed('hf_', made('letters', 34)),
};
