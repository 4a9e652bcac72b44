import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { CI_SYSTEMS } from './ciSystems';
import { definitionProblem } from './definitionProblem';

/** More definitions than this are counted, not read. */
const MAX_READ = 100;

/** The pipelines that a repository defines. */
export const ciFact = createFactRef({
  id: 'ci',
  schema: z.object({
    /** Definitions found, at most 100 of them read. */
    count: z.number().int(),
    /** Systems with at least one sound definition: the first, and how many. */
    systems: z.array(
      z.object({ name: z.string(), path: z.string(), count: z.number().int() }),
    ),
    broken: z.array(
      z.object({
        path: z.string(),
        line: z.number().int(),
        message: z.string(),
      }),
    ),
    /** Definitions that could not be read. */
    unread: z.array(z.string()),
  }),
});

/** Finds the definitions of all CI systems known, and parses those in YAML. */
export const ciFactCollector = createFactCollector({
  fact: ciFact,
  version: 1,
  scope: 'repository',
  async collect({ tree }) {
    const definitions = (await tree.list())
      .filter(entry => entry.type !== 'submodule' && mayDefine(entry.path))
      .flatMap(({ path }) => {
        const system = CI_SYSTEMS.find(one => one.path.test(path));
        return system ? [{ path, system }] : [];
      });
    const looked = definitions.slice(0, MAX_READ);
    const texts = await tree.read(looked.map(({ path }) => path));
    const systems = new Map<string, { path: string; count: number }>();
    const broken: { path: string; line: number; message: string }[] = [];
    const unread: string[] = [];
    for (const { path, system } of looked) {
      const text = texts.get(path)?.text;
      if (text === undefined) {
        unread.push(path);
        continue;
      }
      const problem =
        text.trim() === ''
          ? { line: 1, message: 'It is empty.' }
          : system.yaml && definitionProblem(text, system.yaml);
      if (problem) {
        broken.push({ path, ...problem });
        continue;
      }
      const seen = systems.get(system.name);
      if (seen) seen.count += 1;
      else systems.set(system.name, { path, count: 1 });
    }
    return {
      count: definitions.length,
      systems: [...systems].map(([name, found]) => ({ name, ...found })),
      broken,
      unread,
    };
  },
});

// Most of a large tree lies deep in folders that no CI looks into.
function mayDefine(path: string): boolean {
  return (
    path.startsWith('.') ||
    !path.includes('/') ||
    /^(ci|jenkins|concourse|buildkite|zuul\.d)\//.test(path)
  );
}
