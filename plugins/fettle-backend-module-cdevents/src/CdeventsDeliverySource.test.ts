import { ConfigReader } from '@backstage/config';
import { DeliveryError, type Delivery } from 'backstage-plugin-fettle-node';
import { deliverySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { CdeventsDeliverySource } from './CdeventsDeliverySource';
import { readCdeventsConfig } from './config/readCdeventsConfig';
import {
  binary,
  cdEvent,
  REMOTE,
  SECRET,
  sign,
  structured,
} from './testing/events';

function sourceOf(...senders: object[]) {
  const config = new ConfigReader({ fettle: { cdevents: { senders } } });
  return new CdeventsDeliverySource(readCdeventsConfig(config));
}

const source = sourceOf({ id: 'main', secret: SECRET });
const task = { taskName: 'test', pipelineRun: { id: 'run-482' } };

deliverySourceContract(() => ({
  source,
  samples: [
    {
      name: 'a queued run, structured',
      request: structured(cdEvent('dev.cdevents.pipelinerun.queued.0.2.0')),
      tells: 'run',
    },
    {
      name: 'a started run, binary',
      request: binary(
        cdEvent('dev.cdevents.pipelinerun.started.0.2.0', { id: 'e-2' }),
      ),
      tells: 'run',
    },
    {
      name: 'a finished task',
      request: structured(
        cdEvent('dev.cdevents.taskrun.finished.0.2.0', {
          id: 'e-3',
          subjectId: 'task-1',
          content: { ...task, outcome: 'failure' },
        }),
      ),
      tells: 'run',
    },
    {
      name: 'a deployed service',
      request: structured(
        cdEvent('dev.cdevents.service.deployed.0.2.0', {
          id: 'e-4',
          content: { environment: { id: 'production' } },
        }),
      ),
      tells: 'deployment',
    },
    {
      name: 'a merged change',
      request: structured(
        cdEvent('dev.cdevents.change.merged.0.2.0', { id: 'e-5', content: {} }),
      ),
      tells: 'repository',
    },
    {
      name: 'an event of no interest',
      request: structured(
        cdEvent('dev.cdevents.incident.detected.0.2.0', {
          id: 'e-6',
          content: {},
        }),
      ),
      tells: 'nothing',
    },
  ],
  sign: body =>
    sign(
      `{"specversion":"1.0","id":"1","source":"/x","type":"t","data":${body}}`,
      {
        'content-type': 'application/cloudevents+json',
      },
    ),
}));

async function read(
  event: object,
  from: CdeventsDeliverySource = source,
): Promise<ReturnType<CdeventsDeliverySource['read']>> {
  const request = structured(event);
  const verified = await from.verify(request);
  const delivery: Delivery = {
    ...verified!,
    headers: request.headers,
    body: request.body.toString(),
    receivedAt: '2026-06-01T12:00:00.000Z',
  };
  return from.read(delivery);
}

describe('a CDEvent', () => {
  it('tells of a run with its commit and its times', async () => {
    const reading = await read(
      cdEvent('dev.cdevents.pipelinerun.finished.0.2.0', {
        content: { pipelineName: 'ci', outcome: 'error', uri: 'https://ci/1' },
        customData: {
          branch: 'main',
          commit: 'abcdef1234',
          commitMessage: 'Fix it\n\nAll of it.',
          number: 482,
          attempt: 2,
          startedAt: '2026-06-01T11:59:00.000Z',
        },
      }),
    );
    expect(reading.runs).toEqual([
      expect.objectContaining({
        repository: { remote: REMOTE },
        pipeline: { id: 'ci', name: 'ci' },
        runId: 'run-482',
        attempt: 2,
        number: '482',
        state: 'failed',
        hostState: 'error',
        commitSubject: 'Fix it',
        startedAt: '2026-06-01T11:59:00.000Z',
        finishedAt: '2026-06-01T11:59:30.000Z',
        webUrl: 'https://ci/1',
      }),
    ]);
  });

  it.each([
    ['success', 'succeeded'],
    ['failure', 'failed'],
    ['cancel', 'cancelled'],
    ['vaporised', 'unknown'],
  ])('with the outcome %s is %s', async (outcome, state) => {
    const { runs } = await read(
      cdEvent('dev.cdevents.pipelinerun.finished.0.2.0', {
        content: { pipelineName: 'ci', outcome },
      }),
    );
    expect(runs?.[0].state).toBe(state);
  });

  it('has the id of its own context, whatever the unsigned headers say', async () => {
    const event = cdEvent('dev.cdevents.pipelinerun.queued.0.2.0');
    const request = binary(event);
    const other = {
      ...request,
      headers: { ...request.headers, 'ce-id': 'forged' },
    };
    expect((await source.verify(other))?.id).toBe(
      (await source.verify(request))?.id,
    );
  });

  it('of a sender that may not speak of the repository is refused', async () => {
    const narrow = sourceOf({
      id: 'main',
      secret: SECRET,
      repositories: ['https://git.example.com/pay'],
    });
    const reading = read(
      cdEvent('dev.cdevents.pipelinerun.queued.0.2.0'),
      narrow,
    );
    await expect(reading).rejects.toMatchObject({ code: 'refused' });
  });

  it('that names no repository is kept with what to do', async () => {
    const event = cdEvent('dev.cdevents.pipelinerun.queued.0.2.0');
    const reading = read({ ...event, customData: {} });
    await expect(reading).rejects.toBeInstanceOf(DeliveryError);
    const own = sourceOf({ id: 'main', secret: SECRET, repository: REMOTE });
    const { runs } = await read({ ...event, customData: {} }, own);
    expect(runs?.[0].repository.remote).toBe(REMOTE);
  });

  it('is taken with a bearer token, and not with another', async () => {
    const bearer = sourceOf({ id: 'main', token: 'right' });
    const { body, headers } = structured(
      cdEvent('dev.cdevents.pipelinerun.queued.0.2.0'),
    );
    const as = (authorization: string) =>
      bearer.verify({ body, headers: { ...headers, authorization } });
    expect(as('Bearer right')?.authority).toBe('main');
    expect(as('Bearer wrong')).toBeUndefined();
  });
});

describe('the config of senders', () => {
  it.each([
    [{ id: 'Main', secret: 'x' }, 'senders[0].id'],
    [{ id: 'main' }, "either 'secret'"],
    [{ id: 'main', secret: 'x', token: 'y' }, 'not both'],
    [{ id: 'main', secret: 'x', repository: 'ledger' }, 'repository'],
    [
      { id: 'main', secret: 'x', control: { baseUrl: 'ftp://x', token: 'y' } },
      'control.baseUrl',
    ],
  ])('%j stops the start, naming what is wrong', (sender, message) => {
    expect(() => sourceOf(sender)).toThrow(message);
  });

  it('without senders says what is missing', () => {
    expect(sourceOf().problem?.action).toContain('fettle.cdevents.senders');
  });
});
