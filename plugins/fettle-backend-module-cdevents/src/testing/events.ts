import { createHmac } from 'node:crypto';
import type { DeliveryRequest } from 'backstage-plugin-fettle-node';

export const SECRET = 'a secret of the tests';
export const REMOTE = 'https://git.example.com/payments/ledger';

/** A CDEvent with what the specification requires of each. */
export function cdEvent(
  type: string,
  given: {
    id?: string;
    subjectId?: string;
    timestamp?: string;
    content?: object;
    customData?: object;
  } = {},
) {
  const [, , subject] = type.split('.');
  return {
    context: {
      specversion: '0.5.0',
      id: given.id ?? 'e-1',
      source: '/ci/main',
      type,
      timestamp: given.timestamp ?? '2026-06-01T11:59:30.000Z',
    },
    subject: {
      id: given.subjectId ?? 'run-482',
      source: '/ci/main',
      type: subject === 'pipelinerun' ? 'pipelineRun' : subject,
      content: given.content ?? { pipelineName: 'ci' },
    },
    customData: { repository: `${REMOTE}.git`, ...given.customData },
    customDataContentType: 'application/json',
  };
}

/** In the structured mode of HTTP, signed. */
export function structured(event: object): DeliveryRequest {
  const { context } = event as ReturnType<typeof cdEvent>;
  const body = {
    specversion: '1.0',
    id: context?.id ?? 'e-1',
    source: context?.source ?? '/ci/main',
    type: context?.type ?? 'dev.cdevents.pipelinerun.queued.0.2.0',
    datacontenttype: 'application/json',
    data: event,
  };
  return sign(JSON.stringify(body), {
    'content-type': 'application/cloudevents+json; charset=utf-8',
  });
}

/** In the binary mode of HTTP, signed. */
export function binary(event: ReturnType<typeof cdEvent>): DeliveryRequest {
  return sign(JSON.stringify(event), {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-id': event.context.id,
    'ce-source': event.context.source,
    'ce-type': event.context.type,
  });
}

export function sign(
  body: string,
  headers: Record<string, string>,
): DeliveryRequest {
  const hash = createHmac('sha256', SECRET).update(body).digest('hex');
  return {
    headers: { ...headers, 'x-signature-256': `sha256=${hash}` },
    body: Buffer.from(body),
  };
}
