import type { LoggerService } from '@backstage/backend-plugin-api';
import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Asks for work: at once when woken, else every `pollMs`. The worker's own loop
 * cannot be woken, so that a run would wait up to a second for its first step.
 */
export class WorkLoop {
  private running = false;
  private woken = false;
  private wakeUp: (() => void) | undefined;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: {
      /** Takes what there is and says how many runs that were. */
      round(): Promise<number>;
      pollMs: number;
      logger: LoggerService;
    },
  ) {}

  start() {
    if (!this.running) {
      this.running = true;
      this.ended = this.loop();
    }
  }

  wake() {
    this.woken = true;
    this.wakeUp?.();
  }

  async stop() {
    this.running = false;
    this.wake();
    await this.ended;
  }

  private async loop() {
    while (this.running) {
      this.woken = false;
      let taken = 0;
      try {
        taken = await this.options.round();
      } catch (error) {
        this.options.logger.warn(`Could not ask for durable work: ${error}`);
      }
      // A run that just ended gives its slot back in the turns that follow.
      await nextTurn();
      if (taken === 0 && !this.woken) {
        await this.pause();
      }
    }
  }

  private async pause(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>(resolve => {
      this.wakeUp = resolve;
      timer = setTimeout(resolve, this.options.pollMs);
    });
    clearTimeout(timer);
    this.wakeUp = undefined;
  }
}
