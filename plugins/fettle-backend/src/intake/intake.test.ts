import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import express from 'express';
import type { Knex } from 'knex';
import request from 'supertest';
import {
  DeliveryError,
  type DeliverySource,
} from 'backstage-plugin-fettle-node';
import { DatabaseDeliveryStore } from '../store/deliveries/DatabaseDeliveryStore';
import type { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import { DatabaseRunStore } from '../store/runs/DatabaseRunStore';
import { describeStore } from '../store/testDatabases';
import { at, repository } from '../store/testReadings';
import { createIntakeRouter } from './createIntakeRouter';
import { DeliveryIntake } from './DeliveryIntake';
import { DeliveryProcessor } from './DeliveryProcessor';

/** A CI that proves itself by a word, and sends reports as they are. */
const source: DeliverySource = {
  id: 'ci',
  title: 'CI',
  keptHeaders: ['x-kind'],
  verify({ headers, body }) {
    if (headers['x-word'] !== 'friend') return undefined;
    if (!headers['x-id']) throw new InputError('It has no id.');
    JSON.parse(body.toString() || '{}');
    return {
      id: headers['x-id'],
      event: headers['x-kind'] ?? '',
      authority: '',
    };
  },
  read({ body }) {
    const { state, ...rest } = JSON.parse(body);
    if (state === 'odd') {
      throw new DeliveryError('not-understood', 'It is odd.', 'Send another.');
    }
    return {
      runs: [
        {
          repository: { remote: 'https://git.example.com/a' },
          pipeline: { id: 'build' },
          runId: '1',
          ...{ state, ...rest },
        },
      ],
    };
  },
};

describeStore('the intake', init => {
  let store: DatabaseFettleStore;
  let knex: Knex;
  let app: express.Express;
  let processor: DeliveryProcessor;
  let deliveries: DatabaseDeliveryStore;
  let runs: DatabaseRunStore;

  beforeEach(async () => {
    ({ store, knex } = await init());
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [],
      at: at(1),
    });
    deliveries = new DatabaseDeliveryStore(knex);
    runs = new DatabaseRunStore(knex, () => false);
    app = appOn(deliveries);
  });

  function appOn(insertInto: Pick<DatabaseDeliveryStore, 'insert'>) {
    const sources = new Map([[source.id, source]]);
    const logger = mockServices.logger.mock();
    const clock = () => at(2);
    processor = new DeliveryProcessor({
      ...{ sources, deliveries, runs, logger, clock },
      onApplied: () => {},
    });
    const intake = new DeliveryIntake({
      ...{ sources, processor, logger, clock },
      store: insertInto,
    });
    const made = express();
    made.use(createIntakeRouter({ intake, maxBytes: 2_000 }));
    made.use(mockErrorHandler());
    return made;
  }

  const send = (id: string, body: object | string, headers: object = {}) =>
    request(app)
      .post('/deliveries/ci')
      .set({ 'x-word': 'friend', 'x-id': id, ...headers })
      .set('content-type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const statesOf = async () => {
    await processor.idle();
    const { items } = await deliveries.list({ limit: 50 });
    return items.map(({ state, reason }) => reason?.code ?? state);
  };

  it('accepts what it has committed, and knows it the second time', async () => {
    expect((await send('1', { state: 'running' })).status).toBe(202);
    expect((await send('1', { state: 'running' })).status).toBe(200);
    expect(await statesOf()).toEqual(['processed']);
    const page = await runs.list('a', { subpath: '', limit: 10 });
    expect(page.items).toMatchObject([{ runId: '1', state: 'running' }]);
  });

  it('accepts one of many that come at once with the same id', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send('1', { state: 'running' })),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(9).fill(200), 202]);
  });

  it('says nothing to who cannot prove himself', async () => {
    const answer = await send('1', { state: 'running' }, { 'x-word': 'foe' });
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer.body)).not.toMatch(/word|friend/);
    expect(await statesOf()).toEqual([]);
  });

  it('refuses what is too large, unreadable or for nobody', async () => {
    expect((await send('1', { pad: 'x'.repeat(3_000) })).status).toBe(413);
    expect((await send('', { state: 'running' })).status).toBe(400);
    const nobody = await request(app).post('/deliveries/none').send('{}');
    expect(nobody.status).toBe(404);
    expect(await statesOf()).toEqual([]);
  });

  it('answers 503 where it cannot commit, and keeps nothing half', async () => {
    app = appOn({
      insert: () => Promise.reject(new Error('the database is gone')),
    });
    const answer = await send('1', { state: 'running' });
    expect(answer.status).toBe(503);
    expect(JSON.stringify(answer.body)).not.toContain('database is gone');
  });

  it('keeps what it cannot understand, with its reason, and reads the rest', async () => {
    expect((await send('1', { state: 'odd' })).status).toBe(202);
    expect((await send('2', { state: 'running' })).status).toBe(202);
    expect(await statesOf()).toEqual(['processed', 'not-understood']);
  });

  it('keeps what is about a repository that it does not have, until it has it', async () => {
    const elsewhere = { remote: 'https://elsewhere.example.com/x' };
    await send('1', { state: 'running', repository: elsewhere });
    expect(await statesOf()).toEqual(['unknown-repository']);
    expect(await deliveries.revive(at(2))).toBe(0);
    await store.saveDiscovery({
      repositories: [repository('b', elsewhere)],
      claims: [],
      at: at(2),
    });
    expect(await deliveries.revive(at(2))).toBe(1);
    await processor.sweep();
    expect(await statesOf()).toEqual(['processed']);
  });

  it('leaves what it could not process to the sweep', async () => {
    const lost = jest.spyOn(processor, 'add').mockImplementation(() => {});
    await send('1', { state: 'failed' });
    lost.mockRestore();
    expect(await statesOf()).toEqual(['received']);
    await knex('deliveries').update({ due_at: at(1).toISOString() });
    expect(await processor.sweep()).toBe(1);
    expect(await statesOf()).toEqual(['processed']);
    expect(await processor.sweep()).toBe(0);
  });
});
