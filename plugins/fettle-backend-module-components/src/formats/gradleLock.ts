import { component } from '../component';
import type { Format } from '../Format';

/** Gradle's lockfile: https://docs.gradle.org/current/userguide/dependency_locking.html */
export const gradleLock: Format = {
  title: 'gradle.lockfile',
  matches: name =>
    name === 'gradle.lockfile' || name === 'buildscript-gradle.lockfile',
  read({ path, text }) {
    return text.split(/\r?\n/).flatMap((line, index) => {
      const [, name, version, configurations] =
        /^([^:#=\s]+:[^:=\s]+):([^=\s]+)=(.*)$/.exec(line) ?? [];
      if (!name) return [];
      const test = configurations.split(',').every(one => /test/i.test(one));
      return [
        component('Maven', {
          ...{ name, version, path, line: index + 1, direct: null },
          scope: test ? 'development' : 'runtime',
        }),
      ];
    });
  },
};
