import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import type { AuditTrail } from './AuditTrail';
import type { Remediator } from './Remediator';

/** Stops all automation at once, lets it go on, and closes circuit breakers. */
export class KillSwitch {
  constructor(
    private readonly options: {
      store: DatabaseRemediationStore;
      remediator: Pick<Remediator, 'interrupt'>;
      audit: AuditTrail;
      clock: () => Date;
      logger: LoggerService;
      /** Has what is due go on. */
      resume: () => Promise<void>;
      onChange: (revision: number) => void;
    },
  ) {}

  async set(to: { on: boolean; reason: string; actor: string }): Promise<void> {
    const { store, remediator, audit, clock, logger, onChange } = this.options;
    const { before, after, revision } = await store.setKillSwitch(to, clock());
    // Other processes see it before their next effect.
    if (to.on) remediator.interrupt();
    await audit.note('kill-switch', { ...to, before, after }, 'high');
    onChange(revision);
    if (to.on) return;
    await store
      .nudgeAll(clock())
      .catch(error => logger.warn(`Remediations go on later: ${error}`));
    this.#resume();
  }

  /** @throws NotFoundError where it is closed already */
  async closeBreaker(given: {
    playbookId: string;
    target: string;
    actor: string;
    reason: string;
  }): Promise<void> {
    const { store, audit, clock, onChange } = this.options;
    const { playbookId, target } = given;
    const revision = await store.closeBreaker(playbookId, target, clock());
    if (revision === null) {
      throw new NotFoundError(
        `No circuit breaker of '${playbookId}' is open for '${target}'.`,
      );
    }
    await audit.note(
      ...([
        'breaker-closed',
        { ...given, before: 'open', after: 'closed' },
      ] as const),
      'high',
    );
    onChange(revision);
    this.#resume();
  }

  #resume(): void {
    const { resume, logger } = this.options;
    resume().catch(error => logger.warn(`Remediations go on later: ${error}`));
  }
}
