import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { repositoryPath } from '../buildFleet';
import { REPOSITORIES } from '../fleet';
import { git } from '../git';
import { Ci } from './Ci';
import { queueFolder } from './hook';
import { Reporter } from './Reporter';
import { serve } from './serve';
import { watchQueue, type Push } from './watchQueue';
import { watchRefs } from './watchRefs';

const demoDir = resolve(process.env.FETTLE_DEMO_DIR ?? '.fettle/demo');
const port = Number(process.env.FETTLE_CI_PORT ?? 7017);
const portal = process.env.FETTLE_PORTAL_URL ?? 'http://localhost:7007';
/** How many of the last commits of each repository are run on the first start. */
const first = Number(process.env.FETTLE_CI_FIRST ?? 3);

async function main(): Promise<void> {
  const folder = join(demoDir, 'ci');
  const repositories = resolve(demoDir, 'git');
  const token = readFileSync(join(folder, 'secret'), 'utf8').trim();
  const reporter = new Reporter({
    folder,
    url: `${portal}/api/fettle/deliveries/cdevents`,
    secret: token,
  });
  const url = `http://localhost:${port}`;
  const ci = new Ci({ folder, repositories, reporter, url });
  const server = serve(ci, { port, token });
  const onPush = (push: Push) => ci.push(push);
  const unwatch = watchQueue({
    queue: queueFolder(demoDir),
    repositories,
    onPush,
  });
  const unlook = watchRefs({ repositories, onPush });
  const stop = () => {
    unwatch();
    unlook();
    reporter.stop();
    ci.stop();
    server.close();
    setTimeout(() => process.exit(0), 200);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  reporter.start();
  if (readdirSync(join(folder, 'runs')).length === 0) await runLast(ci);
}

/** So that a first look shows runs: the last commits of each repository, one repository at a time. */
async function runLast(ci: Ci): Promise<void> {
  for (const { name, build } of REPOSITORIES) {
    if (!build || first === 0) continue;
    const folder = resolve(repositoryPath(demoDir, name));
    const branch = await git(folder, ['symbolic-ref', '--short', 'HEAD']);
    const listed = await git(folder, [
      ...['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`],
    ]);
    if (!listed) continue;
    const commits = await git(folder, [
      ...['rev-list', '--first-parent', `--max-count=${first}`, listed],
    ]);
    for (const commit of commits.split('\n').reverse()) {
      await ci.push({ folder, branch, commit });
      await ci.idle();
    }
  }
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
