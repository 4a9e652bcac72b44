import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * What `npm start` was asked for. Throws with what would be right.
 *
 * @param {string[]} args
 * @param {Record<string, string | undefined>} env
 */
export function readStartArguments(args, env) {
  const configFiles = [];
  let verbose = false;
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--verbose') {
      verbose = true;
    } else if (args[i] === '--config' && args[i + 1]) {
      configFiles.push(existing(args[++i], env.INIT_CWD));
    } else {
      throw new Error(
        `npm start does not know ${args[i]}. It takes --verbose and --config <file>.`,
      );
    }
  }
  return { verbose, configFiles, port: readPort(env.FETTLE_PORT) };
}

// npm runs scripts in the top folder and tells where it was called.
function existing(file, calledFrom = '.') {
  const path = resolve(calledFrom, file);
  if (!existsSync(path)) {
    throw new Error(`--config names ${path}, which does not exist.`);
  }
  return path;
}

function readPort(value) {
  if (value === undefined || value === '') {
    return undefined;
  }
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(
      `FETTLE_PORT is ${JSON.stringify(
        value,
      )}; a port is a whole number from 1 to 65535.`,
    );
  }
  return port;
}
