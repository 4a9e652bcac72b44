import { createHmac } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CdEvent } from './events';

const AGAIN_MS = 1_000;

/**
 * Sends events to the portal in their order. Each is a file until the portal
 * has taken it: what happens while the portal is away arrives when it is back.
 */
export class Reporter {
  readonly #folder: string;
  #count: number;
  #sending = false;
  #stopped = false;

  constructor(
    private readonly options: { folder: string; url: string; secret: string },
  ) {
    this.#folder = join(options.folder, 'outbox');
    mkdirSync(this.#folder, { recursive: true });
    this.#count = Number(this.#files().at(-1)?.slice(0, 12) ?? 0);
  }

  send(event: CdEvent): void {
    this.#count += 1;
    const name = `${String(this.#count).padStart(12, '0')}.json`;
    writeFileSync(join(this.#folder, name), JSON.stringify(event));
    this.start();
  }

  start(): void {
    if (this.#sending || this.#stopped) return;
    this.#sending = true;
    this.#sendAll()
      .catch(error => console.error(error))
      .finally(() => {
        this.#sending = false;
        if (this.#files().length > 0 && !this.#stopped) this.start();
      });
  }

  stop(): void {
    this.#stopped = true;
  }

  async #sendAll(): Promise<void> {
    for (const name of this.#files()) {
      const file = join(this.#folder, name);
      while (!(await this.#deliver(readFileSync(file, 'utf8')))) {
        if (this.#stopped) return;
        await new Promise(done => setTimeout(done, AGAIN_MS));
      }
      rmSync(file, { force: true });
    }
  }

  async #deliver(data: string): Promise<boolean> {
    const { url, secret } = this.options;
    const { context } = JSON.parse(data) as CdEvent;
    const body = JSON.stringify({
      specversion: '1.0',
      id: context.id,
      source: context.source,
      type: context.type,
      time: context.timestamp,
      datacontenttype: 'application/json',
      data: JSON.parse(data),
    });
    const hash = createHmac('sha256', secret).update(body).digest('hex');
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json',
          'x-signature-256': `sha256=${hash}`,
        },
        body,
        signal: AbortSignal.timeout(10_000),
      });
      await response.arrayBuffer();
      if (response.ok) return true;
      // It will not be taken the next time either.
      if (response.status === 400 || response.status === 413) {
        console.error(`The portal refused an event (${response.status})`);
        return true;
      }
      return false;
    } catch {
      return false;
    }
  }

  #files(): string[] {
    return readdirSync(this.#folder).sort();
  }
}
