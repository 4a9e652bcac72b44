import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The Chromium to drive: $CHROMIUM_PATH, else a usual name on PATH or place; undefined if there is none. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) {
    if (!isProgram(env.CHROMIUM_PATH)) {
      throw new Error(
        `CHROMIUM_PATH is ${env.CHROMIUM_PATH}, which is not a program.`,
      );
    }
    return env.CHROMIUM_PATH;
  }
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  ];
  const applications = ['Chromium', 'Google Chrome'].map(
    name => `/Applications/${name}.app/Contents/MacOS/${name}`,
  );
  return [...names.flatMap(name => onPath(name, env)), ...applications].find(
    isProgram,
  );
}

/** The folder with PostgreSQL's `initdb` and `postgres`, newest version first; undefined if there is none. */
export function findPostgres(env = process.env) {
  const versions = [
    '/usr/lib/postgresql',
    '/opt/homebrew/opt',
    '/usr/local/opt',
  ].flatMap(folder =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter(name => /^(postgresql@)?\d+$/.test(name))
          .sort((a, b) => number(b) - number(a))
          .map(name => join(folder, name, 'bin'))
      : [],
  );
  return [...(env.PATH ?? '').split(delimiter), ...versions].find(
    folder =>
      isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres')),
  );
}

function number(name) {
  return Number(name.replace('postgresql@', ''));
}

function onPath(name, env) {
  return (env.PATH ?? '').split(delimiter).map(folder => join(folder, name));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
