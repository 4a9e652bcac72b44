import { component } from '../component';
import { Unreadable, type Format } from '../Format';

/** Gradle's lockfile: https://docs.gradle.org/current/userguide/dependency_locking.html */
export const gradleLock: Format = {
  title: 'gradle.lockfile',
  matches: (name, path) =>
    /^(?:[\w-]+-)?gradle\.lockfile$/.test(name) ||
    /(?:^|\/)gradle\/dependency-locks\/[^/]+\.lockfile$/.test(path),
  read({ path, text }) {
    const isBuild = /(?:buildscript|settings)-gradle\.lockfile$/.test(path);
    return text.split(/\r?\n/).flatMap((line, index) => {
      if (line.trim() === '' || /^(?:#|empty=)/.test(line)) return [];
      const [, name, version, , configurations] =
        /^([^:#=\s]+:[^:=\s]+):([^:=\s]+)(=(.*))?$/.exec(line) ?? [];
      if (!name) throw new Unreadable(`Line ${index + 1} locks nothing.`);
      // Older ones have a file for each configuration.
      const all = configurations?.split(',') ?? [path.split('/').at(-1)!];
      const isTest = all.every(one => /test/i.test(one));
      return component('Maven', {
        ...{ name, version, path, line: index + 1, direct: null },
        scope: isBuild || isTest ? 'development' : 'runtime',
      });
    });
  },
};
