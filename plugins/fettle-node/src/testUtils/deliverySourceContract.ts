import type {
  Delivery,
  DeliveryRequest,
  DeliverySource,
} from '../contracts/DeliverySource';
import { DeliveryError } from '../contracts/DeliveryError';
import { expectReports } from './expectReports';

/**
 * A source with its deliveries, as its host sends them.
 *
 * @public
 */
export interface DeliverySourceHarness {
  source: DeliverySource;
  /** Authentic requests, each with what it should come to. */
  samples: {
    name: string;
    request: DeliveryRequest;
    /** Whether it tells of a run, a deployment, or nothing. */
    tells: 'run' | 'deployment' | 'repository' | 'nothing';
  }[];
  /** A request that is signed like the others, with this body instead. */
  sign(body: string): DeliveryRequest;
}

/**
 * What every delivery source must keep. Call it at the top of a test file.
 *
 * @public
 */
export function deliverySourceContract(
  createHarness: () => DeliverySourceHarness,
): void {
  describe('the delivery source keeps the contract', () => {
    const harness = createHarness();
    const { source, samples } = harness;

    async function deliver(request: DeliveryRequest): Promise<Delivery> {
      const verified = await source.verify(request);
      if (!verified) throw new Error('The request was not taken as authentic');
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) =>
          source.keptHeaders.includes(name),
        ),
      );
      return {
        ...verified,
        headers,
        body: request.body.toString(),
        receivedAt: '2026-06-01T12:00:00.000Z',
      };
    }

    /** What becomes of an authentic request with an odd body. */
    async function refusalOf(body: string): Promise<string> {
      const request = harness.sign(body);
      try {
        if (!(await source.verify(request))) return 'not authentic';
        expectReports(source.read(await deliver(request)));
        return 'a reading';
      } catch (error) {
        const said = error instanceof DeliveryError ? error.action : 'said';
        return said === '' ? 'no word of what to do' : (error as Error).name;
      }
    }

    it('has an id that can be part of a path', () => {
      expect(source.id).toMatch(/^[a-z0-9][a-z0-9-]{0,63}$/);
      expect(source.title).not.toBe('');
      expect(source.problem).toBeUndefined();
    });

    it.each(samples.map(sample => [sample.name, sample] as const))(
      'takes %s and says what it means, twice the same',
      async (_, { request, tells }) => {
        const delivery = await deliver(request);
        expect(delivery.id).not.toBe('');
        expect(delivery.id.length).toBeLessThanOrEqual(200);
        expect(delivery.event.length).toBeLessThanOrEqual(100);
        const reading = source.read(delivery);
        expect(source.read(delivery)).toEqual(reading);
        expectReports(reading);
        const told = {
          run: reading.runs?.length,
          deployment: reading.deployments?.length,
          repository: reading.repositories?.length,
          nothing: reading.ignored?.length,
        };
        expect(told[tells]).toBeGreaterThan(0);
      },
    );

    it('gives different deliveries different ids, and the same one the same', async () => {
      const ids = await Promise.all(
        samples.map(async ({ request }) => (await source.verify(request))?.id),
      );
      expect(new Set(ids).size).toBe(samples.length);
      expect((await source.verify(samples[0].request))?.id).toBe(ids[0]);
    });

    it('does not take a request without its proof', async () => {
      const { body } = samples[0].request;
      expect(await source.verify({ headers: {}, body })).toBeUndefined();
    });

    it('keeps no header that holds a secret', () => {
      for (const name of source.keptHeaders) {
        expect(name).not.toMatch(/token|signature|authorization|secret/);
      }
    });

    it.each(['{}', '[]', 'null', '{"__proto__":{"a":1}}', '{"a":'])(
      'refuses or fails on the body %s with a reason, and nothing else',
      async body => {
        expect(await refusalOf(body)).toMatch(
          /^(not authentic|InputError|DeliveryError|a reading)$/,
        );
      },
    );
  });
}
