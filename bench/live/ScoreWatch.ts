import type { Page } from '@playwright/test';
import { now } from '../measure/clock';

/** The page changed the score that it shows. Times are of the bench's clock. */
export interface Seen {
  at: number;
  score: string;
  /** When the hint came in over the socket. */
  hints: number[];
  /** The requests that the page made since the score before. */
  requests: { path: string; start: number; end: number }[];
}

interface PageEvent extends Omit<Seen, 'requests'> {
  requests: { url: string; start: number; end: number }[];
}

declare global {
  interface Window {
    fettleHints: number[];
    fettleSeen(seen: PageEvent): void;
  }
}

/** The moments at which a page's document showed another score. */
export class ScoreWatch {
  /** Once for each page, before it goes anywhere. */
  static async install(page: Page): Promise<ScoreWatch> {
    const watch = new ScoreWatch(page);
    await page.exposeFunction('fettleSeen', (seen: PageEvent) =>
      watch.#saw(seen),
    );
    await page.addInitScript(() => {
      const Native = window.WebSocket;
      window.fettleHints = [];
      window.WebSocket = class extends Native {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols);
          // First of all listeners: when the message came in.
          this.addEventListener('message', ({ data }) => {
            if (String(data).includes('"revision"')) {
              window.fettleHints.push(performance.now());
            }
          });
        }
      };
    });
    return watch;
  }

  /** What is to be added to the page's clock to get the bench's. */
  #offset = 0;
  #next: ((seen: Seen) => void) | undefined;

  private constructor(private readonly page: Page) {}

  /**
   * Watches the score inside of what a selector finds now.
   *
   * @returns the score that is shown
   */
  async watch(selector: string): Promise<string> {
    await this.#alignClocks();
    return this.page.evaluate(where => {
      const element = document.querySelector(where);
      if (!element) throw new Error(`The page has no ${where}`);
      const read = () =>
        /Score (\d+ of 100|unknown)/.exec(element.textContent ?? '')?.[1] ?? '';
      let last = read();
      const observer = new MutationObserver(() => {
        const score = read();
        if (score === last) return;
        const at = performance.now();
        last = score;
        const requests = performance
          .getEntriesByType('resource')
          .map(entry => entry as PerformanceResourceTiming)
          .filter(({ name }) => name.includes('/api/'))
          .map(({ name, startTime, responseEnd }) => ({
            url: name,
            start: startTime,
            end: responseEnd,
          }));
        performance.clearResourceTimings();
        window.fettleSeen({ at, score, hints: window.fettleHints, requests });
        window.fettleHints = [];
      });
      observer.observe(element, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      performance.clearResourceTimings();
      return last;
    }, selector);
  }

  /** The next change of the score; throws where there is none for long. */
  next(timeoutMs = 15_000): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The page showed no other score`)),
        timeoutMs,
      );
      this.#next = seen => {
        clearTimeout(timer);
        resolve(seen);
      };
    });
  }

  /** Both clocks are monotonic; what lies between them is found by asking, as a time server is asked. */
  async #alignClocks(): Promise<void> {
    let narrowest = Infinity;
    for (let i = 0; i < 30; i++) {
      const before = now();
      const page = await this.page.evaluate(() => performance.now());
      const after = now();
      if (after - before < narrowest) {
        narrowest = after - before;
        this.#offset = (before + after) / 2 - page;
      }
    }
    this.uncertaintyMs = Math.max(this.uncertaintyMs, narrowest / 2);
  }

  /** How far the two clocks may be apart at most. */
  uncertaintyMs = 0;

  #saw(seen: PageEvent): void {
    const shift = (time: number) => time + this.#offset;
    this.#next?.({
      at: shift(seen.at),
      score: seen.score,
      hints: seen.hints.map(shift),
      requests: seen.requests.map(({ url, start, end }) => ({
        path: new URL(url).pathname,
        start: shift(start),
        end: shift(end),
      })),
    });
    this.#next = undefined;
  }
}
