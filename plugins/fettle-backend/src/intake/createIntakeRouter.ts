import { InputError } from '@backstage/errors';
import express, { type ErrorRequestHandler, type Request } from 'express';
import Router from 'express-promise-router';
import type { DeliveryIntake } from './DeliveryIntake';

/** The path below which each source has its intake. */
export const INTAKE_PATH = '/deliveries';

/**
 * `POST /deliveries/<source>`: 202 once a delivery is committed, 200 where it
 * was known, 401 where it is not authentic, 413 where it is too large, 400
 * where it cannot be read, 503 where it cannot be kept.
 */
export function createIntakeRouter(options: {
  intake: DeliveryIntake;
  maxBytes: number;
}): express.Router {
  const router = Router();
  router.post(
    `${INTAKE_PATH}/:source`,
    // The bytes as they came: signatures are made over them.
    express.raw({ type: () => true, limit: options.maxBytes }),
    async (request, response) => {
      const body = Buffer.isBuffer(request.body)
        ? request.body
        : Buffer.alloc(0);
      const taken = await options.intake.take(request.params.source, {
        headers: headersOf(request),
        body,
      });
      if (taken === 'not-authentic') {
        response.status(401).json({ error: { name: 'AuthenticationError' } });
      } else {
        response.status(taken === 'accepted' ? 202 : 200).json({ taken });
      }
    },
  );
  router.use(INTAKE_PATH, bodyErrors(options.maxBytes));
  return router;
}

function headersOf(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** What the body parser found wrong, in the terms of the API. */
function bodyErrors(maxBytes: number): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (error?.type === 'entity.too.large') {
      response.status(413).json({
        error: {
          name: 'PayloadTooLargeError',
          message: `A delivery may have ${maxBytes} bytes (fettle.deliveries.maxBytes).`,
        },
      });
      return;
    }
    const readable = typeof error?.type !== 'string';
    next(readable ? error : new InputError('The body cannot be read.'));
  };
}
