import { mockServices } from '@backstage/backend-test-utils';
import { LivePublisher } from './LivePublisher';

function harness() {
  const sent: [string, number][] = [];
  const events: any[] = [];
  const publisher = new LivePublisher({
    signals: {
      publish: async ({ channel, message }: any) => {
        sent.push([channel, message.revision]);
      },
    },
    events: {
      publish: async (event: any) => {
        events.push(event);
      },
      subscribe: async () => {},
    },
    logger: mockServices.logger.mock(),
    readRevision: async () => 99,
  });
  return { publisher, sent, events };
}

const repository = {
  id: 'r1',
  name: 'one',
  entityRefs: ['component:default/one'],
} as any;

describe('LivePublisher', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('sends the first hint at once, joins the rest and repeats the last once', () => {
    const { publisher, sent } = harness();
    publisher.hint('fleet', 1);
    expect(sent).toEqual([['fettle:fleet', 1]]);
    publisher.hint('fleet', 2);
    publisher.hint('fleet', 4);
    publisher.hint('fleet', 3);
    expect(sent).toHaveLength(1);
    jest.advanceTimersByTime(10_000);
    expect(sent.map(([, revision]) => revision)).toEqual([1, 4, 4]);
    publisher.hint('fleet', 5);
    expect(sent.map(([, revision]) => revision)).toEqual([1, 4, 4, 5]);
  });

  it('keeps the scopes apart', () => {
    const { publisher, sent } = harness();
    publisher.hint('a', 1);
    publisher.hint('b', 2);
    expect(sent).toEqual([
      ['fettle:a', 1],
      ['fettle:b', 2],
    ]);
  });

  it('says nothing about a write that readers cannot see', () => {
    const { publisher, sent, events } = harness();
    publisher.repositoryChanged(repository, { revision: null });
    expect([...sent, ...events]).toEqual([]);
  });

  it('tells other plugins what changed, and pages only that something did', () => {
    const { publisher, sent, events } = harness();
    publisher.repositoryChanged(repository, {
      revision: 7,
      change: {
        repositoryId: 'r1',
        name: 'one',
        subpath: '',
        at: '2026-01-01T00:00:00.000Z',
        commit: 'c',
        from: 10,
        to: 20,
        state: 'ready',
        verdicts: [{ checkId: 'readme', title: 'R', from: 'fail', to: 'pass' }],
      },
    });
    expect(sent).toEqual([
      ['fettle:r1', 7],
      ['fettle:fleet', 7],
    ]);
    expect(events).toEqual([
      {
        topic: 'fettle.repository.changed',
        eventPayload: {
          repositoryId: 'r1',
          name: 'one',
          entityRefs: ['component:default/one'],
          state: 'ready',
          score: { from: 10, to: 20 },
          verdicts: [{ checkId: 'readme', from: 'fail', to: 'pass' }],
          commit: 'c',
          revision: 7,
        },
      },
    ]);
  });

  it('repeats the newest revision as a heartbeat', async () => {
    const { publisher, sent } = harness();
    publisher.start();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(sent).toEqual([
      ['fettle:fleet', 99],
      ['fettle:fleet', 99],
    ]);
    publisher.stop();
  });
});
