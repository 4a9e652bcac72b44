import { component } from '../component';
import type { Format } from '../Format';

/** Images that a Dockerfile builds on: https://docs.docker.com/reference/dockerfile/#from */
export const dockerfile: Format = {
  title: 'Dockerfile',
  matches: name =>
    /^(?:Dockerfile|Containerfile)(?:\..+)?$/.test(name) ||
    /\.(?:dockerfile|containerfile)$/i.test(name),
  read({ path, text }) {
    const values = new Map<string, string>();
    const stages = new Set<string>(['scratch']);
    return text.split(/\r?\n/).flatMap((line, index) => {
      const [, variable, value] = /^\s*ARG\s+(\w+)=(\S+)/i.exec(line) ?? [];
      if (variable) values.set(variable, value.replace(/^["']|["']$/g, ''));
      const [, given, stage] =
        /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
      if (!given) return [];
      const image = given.replace(
        /\$\{?(\w+)(?::-([^}]*))?\}?/g,
        (whole, name, fallback) => values.get(name) ?? fallback ?? whole,
      );
      const isStage = stages.has(image.toLowerCase());
      if (stage) stages.add(stage.toLowerCase());
      if (isStage || image.includes('$')) return [];
      const [, name, tag, digest] =
        /^(.+?)(?::([\w][\w.-]*))?(?:@([\w:]+))?$/.exec(image) ?? [];
      if (!name) return [];
      return [
        component('docker', {
          ...{ name, version: digest ?? tag ?? null, path, line: index + 1 },
          ...{ direct: true, scope: 'runtime' },
          requirement: digest && tag ? tag : undefined,
        }),
      ];
    });
  },
};
