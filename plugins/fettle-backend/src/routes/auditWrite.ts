import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type express from 'express';
import { Download, type Route } from './Route';

/** Does what a write asks for, and writes to the audit log how it ended. */
export async function auditWrite<T>(
  auditor: AuditorService,
  write: {
    route: Pick<Route, 'id'>;
    /** Where it came as one of its own: it tells who asks. */
    request?: express.Request;
    meta: JsonObject;
  },
  answer: () => Promise<T>,
): Promise<T> {
  const { route, request, meta } = write;
  const event = await auditor.createEvent({
    eventId: route.id.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
    ...(request && { request }),
    severityLevel: 'medium',
    meta,
  });
  try {
    const result = await answer();
    const told =
      result instanceof Download ? { file: result.fileName } : { result };
    await event.success({ meta: told as JsonObject });
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}
