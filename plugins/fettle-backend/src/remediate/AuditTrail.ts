import type { AuditorService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';

/** Writes what automation does to the portal's audit log. */
export class AuditTrail {
  constructor(private readonly auditor: AuditorService) {}

  /** Before an outside effect, or after a decision: who, why, which hash, what was and what is. */
  async note(
    eventId: string,
    meta: Record<string, unknown>,
    severityLevel: 'low' | 'medium' | 'high' = 'medium',
  ): Promise<void> {
    const event = await this.auditor.createEvent({
      ...{ eventId, severityLevel },
      // What is undefined is no JSON.
      meta: JSON.parse(JSON.stringify(meta)) as JsonObject,
    });
    await event.success();
  }
}
