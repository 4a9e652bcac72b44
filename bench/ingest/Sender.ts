import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { now } from '../measure/clock';

const SOCKETS = 32;

interface Prepared {
  body: string;
  headers: Record<string, string>;
}

/** Sends deliveries that were made and signed before the clock runs. */
export class Sender {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });

  constructor(
    private readonly url: string,
    private readonly secret: string,
    private readonly remotes: readonly string[],
  ) {}

  prepare(count: number): Prepared[] {
    return Array.from({ length: count }, (_, i) => {
      const context = {
        version: '0.4.1',
        id: randomUUID(),
        source: '/bench',
        type: 'dev.cdevents.pipelinerun.finished.0.2.0',
        timestamp: new Date().toISOString(),
      };
      const body = JSON.stringify({
        ...{ specversion: '1.0', datacontenttype: 'application/json' },
        ...{ id: context.id, source: context.source, type: context.type },
        data: {
          context,
          subject: {
            ...{ id: context.id, type: 'pipelineRun', source: '/bench' },
            content: { pipelineName: 'ci', outcome: 'success' },
          },
          customData: {
            repository: this.remotes[i % this.remotes.length],
            ...{ branch: 'topic', commit: 'c'.repeat(40), number: i },
            commitMessage: 'Change what is measured',
          },
        },
      });
      const hash = createHmac('sha256', this.secret).update(body).digest('hex');
      return {
        body,
        headers: {
          'content-type': 'application/cloudevents+json',
          'x-id': context.id,
          'x-signature-256': `sha256=${hash}`,
        },
      };
    });
  }

  /** Requests a second, all sockets at work; throws unless each is accepted. */
  async perSecond(path: string, prepared: Prepared[]): Promise<number> {
    const waiting = [...prepared];
    const start = now();
    await Promise.all(
      Array.from({ length: SOCKETS }, async () => {
        for (let one = waiting.pop(); one; one = waiting.pop()) {
          const status = await this.#post(path, one);
          if (status !== 202) throw new Error(`${path} answered ${status}`);
        }
      }),
    );
    return prepared.length / ((now() - start) / 1000);
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(path: string, { body, headers }: Prepared): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.url}${path}`,
        { method: 'POST', agent: this.#agent, headers },
        response => {
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.resume();
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }
}
