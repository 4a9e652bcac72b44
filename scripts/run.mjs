// The door of `npm start` and `npm test`: plain Node from 20 on, nothing
// installed. It finds the right Node, installs what is missing, and then runs
// the script that was asked for.
import { join } from 'node:path';
import { ensureInstalled, projectEnvironment } from './install.mjs';
import { ensureNode } from './node.mjs';
import { root, toolsDir } from './paths.mjs';
import { runChild } from './runChild.mjs';

const SCRIPTS = ['start', 'test', 'demo', 'bench', 'verify', 'screenshots'];

async function main([script, ...args]) {
  if (!SCRIPTS.includes(script)) {
    throw new Error(
      `There is no script ${JSON.stringify(
        script ?? '',
      )}. There are: ${SCRIPTS.join(', ')}.`,
    );
  }
  const node = ensureNode(toolsDir);
  const env = projectEnvironment(root, toolsDir, node);
  ensureInstalled(root, node, env);
  return runChild(node, [join(root, 'scripts', `${script}.mjs`), ...args], {
    cwd: root,
    env,
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
