import { createHmac, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestPortal } from './TestPortal';

/** Sends CDEvents of its own, signed as the demo's CI signs them. */
export class CdeventsSender {
  static async of(portal: TestPortal, repository: string) {
    const file = join(portal.demoDir, 'ci', 'secret');
    return new CdeventsSender(
      `${portal.url}/api/fettle/deliveries/cdevents`,
      (await readFile(file, 'utf8')).trim(),
      pathToFileURL(join(portal.demoDir, 'git', repository)).href,
    );
  }

  private constructor(
    private readonly url: string,
    private readonly secret: string,
    private readonly repository: string,
  ) {}

  /** Tells of a run; gives the status of the answer, or undefined where there was none. */
  async send(
    predicate: 'queued' | 'started' | 'finished',
    runId: string,
    customData: object = {},
  ): Promise<number | undefined> {
    const context = {
      version: '0.4.1',
      id: randomUUID(),
      source: '/e2e',
      type: `dev.cdevents.pipelinerun.${predicate}.0.2.0`,
      timestamp: new Date().toISOString(),
    };
    const body = JSON.stringify({
      ...{ specversion: '1.0', datacontenttype: 'application/json' },
      ...{ id: context.id, source: context.source, type: context.type },
      data: {
        context,
        subject: {
          ...{ id: runId, type: 'pipelineRun', source: '/e2e' },
          content: {
            pipelineName: 'burst',
            ...(predicate === 'finished' ? { outcome: 'success' } : {}),
          },
        },
        customData: { repository: this.repository, ...customData },
        customDataContentType: 'application/json',
      },
    });
    const hash = createHmac('sha256', this.secret).update(body).digest('hex');
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/cloudevents+json',
          'x-signature-256': `sha256=${hash}`,
        },
        body,
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return undefined;
    }
  }
}
