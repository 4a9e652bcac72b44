import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildFleet, repositoryPath } from '../buildFleet';
import { playScenario } from '../playScenario';
import { Ci } from './Ci';
import type { CdEvent } from './events';
import { queueFolder } from './hook';
import { Reporter } from './Reporter';
import { serve } from './serve';
import { git } from '../git';
import { watchQueue, type Push } from './watchQueue';
import { watchRefs } from './watchRefs';

describe('the CI of the demo', () => {
  let demoDir: string;
  let ci: Ci;
  let secret: string;
  let receiver: Server;
  let control: Server;
  let reporter: Reporter;
  let unwatch: () => void;
  let refuse = false;
  const pushes: Push[] = [];
  const received: CdEvent[] = [];

  before(async () => {
    demoDir = await mkdtemp(join(tmpdir(), 'fettle-ci-test-'));
    await buildFleet(demoDir);
    secret = (await readFile(join(demoDir, 'ci', 'secret'), 'utf8')).trim();
    receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const hash = createHmac('sha256', secret).update(body).digest('hex');
      assert.equal(request.headers['x-signature-256'], `sha256=${hash}`);
      if (!refuse) received.push(JSON.parse(body).data);
      response.writeHead(refuse ? 503 : 202).end();
    }).listen(0, '127.0.0.1');
    await new Promise(done => receiver.once('listening', done));
    const { port } = receiver.address() as AddressInfo;
    reporter = new Reporter({
      folder: join(demoDir, 'ci'),
      url: `http://127.0.0.1:${port}/`,
      secret,
    });
    ci = new Ci({
      folder: join(demoDir, 'ci'),
      repositories: join(demoDir, 'git'),
      reporter,
      url: 'http://localhost',
    });
    control = serve(ci, { port: 0, token: secret });
    unwatch = watchQueue({
      queue: queueFolder(demoDir),
      repositories: join(demoDir, 'git'),
      onPush: async push => {
        pushes.push(push);
        await ci.push(push);
      },
    });
  });
  after(async () => {
    unwatch();
    reporter.stop();
    ci.stop();
    receiver.close();
    control.close();
    await rm(demoDir, { recursive: true, force: true });
  });

  const until = async <T>(find: () => T | undefined | false): Promise<T> => {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise(done => setTimeout(done, 20));
    }
  };
  const finished = (commit: string, attempt = 1) =>
    until(() =>
      received.find(
        ({ context, customData }) =>
          context.type.startsWith('dev.cdevents.pipelinerun.finished') &&
          (customData as { commit: string }).commit === commit &&
          (customData as { attempt: number }).attempt === attempt,
      ),
    );
  const outcome = ({ subject }: CdEvent) =>
    (subject.content as { outcome?: string }).outcome;
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(
      `http://127.0.0.1:${(control.address() as AddressInfo).port}${path}`,
      {
        ...init,
        headers: { authorization: `Bearer ${secret}`, ...init.headers },
      },
    );

  it('runs what a push asks for, and reports it from its start to its end', async () => {
    const { commit } = await playScenario(demoDir, 'commit', 'payments/ledger');
    const end = await finished(commit);
    assert.equal(outcome(end), 'success');
    assert.equal(pushes.at(-1)?.commit, commit);
    const types = received.map(({ context }) =>
      context.type.split('.').slice(2, 4).join('.'),
    );
    assert.deepEqual(types.slice(0, 2), [
      'pipelinerun.queued',
      'pipelinerun.started',
    ]);
    assert.ok(types.includes('service.deployed'));
  });

  it('fails where a script does, and says why in its log; a mended commit passes', async () => {
    const { commit } = await playScenario(
      demoDir,
      'break-build',
      'web/design-system',
    );
    const end = await finished(commit);
    assert.equal(outcome(end), 'failure');
    const path = `/runs/${end.subject.id}/attempts/1/tasks/unit/log`;
    const log = await (await ask(path)).text();
    assert.match(log, /unfinished\.txt is unfinished/);
    const tail = await ask(path, { headers: { range: 'bytes=-12' } });
    assert.equal(tail.status, 206);
    assert.equal(await tail.text(), log.slice(-12));
    const mended = await playScenario(
      demoDir,
      'fix-build',
      'web/design-system',
    );
    assert.equal(outcome(await finished(mended.commit)), 'success');
  });

  it('ends a run when it is told to, and does it again as its next attempt', async () => {
    const { commit } = await playScenario(
      demoDir,
      'slow-build',
      'platform/log-shipper',
    );
    const started = await until(() =>
      received.find(
        ({ context, subject, customData }) =>
          context.type.startsWith('dev.cdevents.taskrun.started') &&
          subject.id === 'soak' &&
          (customData as { commit: string }).commit === commit,
      ),
    );
    const run = (started.subject.content as { pipelineRun: { id: string } })
      .pipelineRun.id;
    const cancel = { method: 'POST', body: '{}' };
    assert.equal(
      (await ask(`/runs/${run}/attempts/1/cancel`, cancel)).status,
      202,
    );
    assert.equal(outcome(await finished(commit)), 'cancel');
    assert.equal(
      (await ask('/runs/none-1/attempts/1/cancel', cancel)).status,
      404,
    );
    await ask(`/runs/${run}/attempts/1/rerun`, cancel);
    await until(() => ci.records.find(run, 2)?.state === 'running');
    await ask(`/runs/${run}/attempts/2/cancel`, cancel);
    assert.equal(outcome(await finished(commit, 2)), 'cancel');
  });

  it('keeps what happens while nobody takes it, and tells it later in its order', async () => {
    refuse = true;
    const { commit } = await playScenario(
      demoDir,
      'commit',
      'web/design-system',
    );
    await until(() =>
      ci.records
        .all()
        .some(r => r.about.commit === commit && r.state === 'success'),
    );
    const already = received.length;
    refuse = false;
    assert.equal(outcome(await finished(commit)), 'success');
    const told = received
      .slice(already)
      .map(({ context }) => context.timestamp);
    assert.deepEqual(told, [...told].sort());
  });

  it('sees branches that come without a push, and runs each commit once', async () => {
    const folder = repositoryPath(demoDir, 'web/design-system');
    const looked = watchRefs({
      ...{ repositories: join(demoDir, 'git'), everyMs: 50 },
      onPush: push => ci.push(push),
    });
    const { commit } = await playScenario(
      ...([demoDir, 'commit', 'web/design-system'] as const),
    );
    await git(folder, ['update-ref', 'refs/heads/fettle/mend/1', commit]);
    const about = () =>
      ci.records.all().flatMap(({ about: one }) => {
        return one.commit === commit ? [one.branch] : [];
      });
    await until(() => about().includes('fettle/mend/1'));
    looked();
    assert.deepEqual(about().sort(), ['fettle/mend/1', 'main']);
    await ci.idle();
  });

  it('answers nobody without its token', async () => {
    const { port } = control.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/runs`);
    assert.equal(response.status, 401);
  });

  it('is given a hook in every repository', async () => {
    const hook = await readFile(
      join(repositoryPath(demoDir, 'payments/ledger'), 'hooks', 'post-receive'),
      'utf8',
    );
    assert.match(hook, /^#!\/bin\/sh/);
  });
});
