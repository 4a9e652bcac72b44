import type {
  ComponentKey,
  ComponentMatch,
} from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { setImmediate } from 'node:timers/promises';
import {
  baseEcosystem,
  canonicalVersion,
  normalizeName,
} from '../record/packageNames';
import {
  findAdvisories,
  findExploitation,
  findNames,
  type StoredAdvisory,
} from '../store/findAdvisories';
import {
  findAffected,
  findListed,
  listedKey,
  type Affected,
} from '../store/findAffected';
import { composeMatch, type Hit } from './composeMatch';
import { groupByNames } from './groupNames';
import { judgeVersion, type Judgement } from './judgeVersion';

/** Answers to this many are held at a time; others get their turn in between. */
const CHUNK = 2_000;

interface Asked {
  place: number;
  ecosystem: string;
  name: string;
  spelled: string;
  version: string | null;
}

/** One answer for each component, in the order given. */
export async function matchComponents(
  knex: Knex,
  components: readonly ComponentKey[],
  signal: AbortSignal,
): Promise<ComponentMatch[][]> {
  const answers: ComponentMatch[][] = components.map(() => []);
  const asked = components.map((component, place): Asked => {
    const ecosystem = baseEcosystem(component.ecosystem);
    return {
      ...{ place, ecosystem, version: component.version },
      name: normalizeName(ecosystem, component.name),
      spelled: component.name,
    };
  });
  // Versions of one package are looked up together, and neighbours lie together on disk.
  asked.sort(
    (a, b) => order(a.ecosystem, b.ecosystem) || order(a.name, b.name),
  );
  // A text is held once however many components it is told of.
  const advisories = new Map<number, StoredAdvisory>();
  for (let start = 0; start < asked.length; start += CHUNK) {
    signal.throwIfAborted();
    const chunk = asked.slice(start, start + CHUNK);
    for (const [place, matches] of await matchChunk(knex, chunk, advisories)) {
      answers[place] = matches;
    }
    await setImmediate();
  }
  return answers;
}

const order = (a: string, b: string) => Number(a > b) - Number(a < b);

interface Judged {
  asked: Asked;
  hits: (Judgement & { affected: Affected })[];
  /** Records about the package that do not concern the version. */
  others: number[];
}

async function matchChunk(
  knex: Knex,
  chunk: readonly Asked[],
  advisories: Map<number, StoredAdvisory>,
): Promise<[number, ComponentMatch[]][]> {
  const judged = await judgeChunk(knex, chunk);
  const missing = judged
    .flatMap(({ hits }) => hits.map(({ affected }) => affected.record))
    .filter(record => !advisories.has(record));
  for (const found of await findAdvisories(knex, [...new Set(missing)])) {
    advisories.set(found.key, found);
  }
  const others = await findNames(knex, [
    ...new Set(judged.flatMap(one => one.others)),
  ]);
  const cves = judged.flatMap(({ hits }) =>
    hits.flatMap(({ affected }) =>
      (advisories.get(affected.record)?.names ?? []).filter(isCve),
    ),
  );
  for (const names of others.values()) cves.push(...names.filter(isCve));
  const exploitation = await findExploitation(knex, [...new Set(cves)]);
  return judged.map(({ asked, hits, others: beside }) => {
    const members: Member[] = [
      ...hits.flatMap(({ affected, verdict, fixes }) => {
        // A record that was taken out of force since then is left out.
        const advisory = advisories.get(affected.record);
        const hit = advisory && {
          advisory,
          verdict,
          fixes,
          ranges: affected.ranges,
        };
        return hit ? [{ names: advisory.names, hit }] : [];
      }),
      ...beside.flatMap(record => {
        const names = others.get(record);
        return names ? [{ names }] : [];
      }),
    ];
    const matches = groupByNames(members, ({ names }) => names).flatMap(
      group => {
        const found = group.flatMap(({ hit }) => hit ?? []);
        return found.length > 0
          ? composeMatch(
              { ecosystem: asked.ecosystem, name: asked.spelled },
              found,
              group.flatMap(({ names }) => names),
              exploitation,
            )
          : [];
      },
    );
    return [asked.place, matches];
  });
}

interface Member {
  names: readonly string[];
  hit?: Hit;
}

const isCve = (name: string) => name.startsWith('CVE-');

/** Those of the chunk that something concerns. */
async function judgeChunk(
  knex: Knex,
  chunk: readonly Asked[],
): Promise<Judged[]> {
  const packages = new Map<string, { ecosystem: string; name: string }>();
  const keyOf = ({ ecosystem, name }: Asked) => `${ecosystem}\n${name}`;
  for (const asked of chunk) packages.set(keyOf(asked), asked);
  const found = await findAffected(knex, [...packages.values()]);
  const affected = new Map(
    [...packages.keys()].map((key, i) => [key, found[i]]),
  );

  const concerned = chunk.flatMap(asked => {
    const said = affected.get(keyOf(asked))!;
    const version =
      asked.version === null
        ? null
        : canonicalVersion(asked.ecosystem, asked.version);
    return said.length > 0 ? [{ asked, said, version }] : [];
  });
  const listed = await findListed(
    knex,
    concerned.flatMap(({ said, version }) =>
      version === null
        ? []
        : said
            .filter(({ versions }) => versions > 0)
            .map(({ key }) => [key, version] as const),
    ),
  );
  return concerned.flatMap(({ asked, said, version }) => {
    const hits: Judged['hits'] = [];
    const others: number[] = [];
    for (const one of said) {
      const judgement = judgeVersion(
        asked.ecosystem,
        asked.version,
        one.ranges,
      );
      if (version !== null && listed.has(listedKey(one.key, version))) {
        judgement.verdict = 'affected';
      }
      if (judgement.verdict === 'no') others.push(one.record);
      else hits.push({ ...judgement, affected: one });
    }
    return hits.length > 0 ? [{ asked, hits, others }] : [];
  });
}
