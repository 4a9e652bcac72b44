import { resolve } from 'node:path';
import { buildFleet, resetFleet } from './buildFleet';
import { addAdvisory } from './content/advisories';
import { REPOSITORIES } from './fleet';
import { isScenarioName, playScenario, SCENARIOS } from './playScenario';

const demoDir = resolve(process.env.FETTLE_DEMO_DIR ?? '.fettle/demo');

async function main([command = 'list', repository]: string[]): Promise<void> {
  if (command === 'list') {
    list();
  } else if (command === 'build') {
    if (await buildFleet(demoDir)) {
      console.log(`Built the demo fleet in ${demoDir}.`);
    }
  } else if (command === 'reset') {
    await resetFleet(demoDir);
    console.log(`Built the demo fleet in ${demoDir} anew.`);
  } else if (command === 'new-advisory') {
    const { cve, name } = await addAdvisory(demoDir);
    console.log(`An advisory arrived: ${cve}, about ${name}.`);
  } else if (isScenarioName(command)) {
    await buildFleet(demoDir);
    const played = await playScenario(demoDir, command, repository);
    console.log(
      `${played.repository}: ${played.summary} (${played.commit.slice(0, 7)})`,
    );
  } else {
    throw new Error(
      `There is no scenario ${JSON.stringify(
        command,
      )}. See what there is: npm run demo -- list`,
    );
  }
}

function list(): void {
  console.log('npm run demo -- <scenario> [repository]\n');
  for (const [name, { title, repository }] of Object.entries(SCENARIOS)) {
    console.log(`  ${name.padEnd(18)} ${title} (${repository})`);
  }
  console.log(
    `  ${'new-advisory'.padEnd(18)} drops an advisory into the demo's feed`,
  );
  console.log(`  ${'reset'.padEnd(18)} builds the whole fleet anew`);
  const names = REPOSITORIES.filter(({ build }) => build).map(r => r.name);
  console.log(`\nRepositories: ${names.join(', ')}`);
}

main(process.argv.slice(2)).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
