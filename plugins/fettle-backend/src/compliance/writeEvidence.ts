import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import archiver from 'archiver';
import type { EvidenceQuery } from 'backstage-plugin-fettle-common';
import type { ComplianceStore } from '../store/compliance/ComplianceStore';
import type { Owned } from '../store/pipelines/loadOwners';
import type { ComplianceReader } from './ComplianceReader';
import type { FrameworkWithControls } from './FrameworkWithControls';

const DAY_MS = 24 * 60 * 60 * 1000;
const README = `Evidence of a framework for a period, exported by Fettle.

framework.json     the framework: its controls and what each rests on
repositories/*     one file each: how each control stands at the time of the
                   export, the verdicts and results it rests on, every change
                   of them in the period, and the exceptions that were in force
manifest.json      who exported it and when, and the SHA-256 of every file

Statuses: met, not-met, unknown (never to be read as met), not-applicable,
not-seen (nothing that is installed can tell).
To check a file: sha256sum repositories/<name>.json
`;

/**
 * One archive, written while it is read: one repository at a time is in memory.
 * An error ends the stream, so that a part is never taken for the whole.
 */
export function writeEvidence(options: {
  framework: FrameworkWithControls;
  repositories: ReadonlyMap<string, Owned>;
  period: EvidenceQuery;
  actor: string;
  now: Date;
  reader: ComplianceReader;
  store: ComplianceStore;
}): Readable {
  const archive = archiver('zip', { zlib: { level: 6 } });
  const out = archive.pipe(new PassThrough());
  archive.on('error', error => out.destroy(error));
  // Who goes away leaves nothing running.
  out.once('close', () => archive.abort());
  write(archive, options).catch(error => out.destroy(error));
  return out;
}

async function write(
  archive: archiver.Archiver,
  options: Parameters<typeof writeEvidence>[0],
): Promise<void> {
  const { framework, repositories, period, actor, now, reader, store } =
    options;
  const hashes: Record<string, string> = {};
  const add = async (name: string, text: string) => {
    hashes[name] = createHash('sha256').update(text).digest('hex');
    const written = new Promise(resolve => archive.once('entry', resolve));
    archive.append(text, { name, date: now });
    await written;
  };
  const from = `${period.from}T00:00:00.000Z`;
  const to = new Date(
    Date.parse(`${period.to}T00:00:00.000Z`) + DAY_MS,
  ).toISOString();
  await add('README.txt', README);
  await add('framework.json', json(framework));
  for (const [id, { name, entityRef, owner }] of repositories) {
    const evidence = await store.evidence(id, { from, to });
    if (!evidence) continue;
    // From the rows beside them, so that a file says nothing that it does not show.
    const controls = reader.judge(framework, {
      verdicts: new Map(evidence.verdicts.map(one => [one.check, one.status])),
      policies: new Map(evidence.policies.map(one => [one.policy, one.status])),
      evaluated: evidence.evaluated,
    });
    await add(
      `repositories/${fileName(name, id)}.json`,
      json({
        ...{ repository: name, entityRef, owner },
        ...{ controls, ...evidence },
      }),
    );
  }
  archive.append(
    json({
      framework: { id: framework.id, version: framework.version },
      ...{ period: { from: period.from, to: period.to } },
      ...{ owner: period.owner ?? null, exportedBy: actor },
      ...{ exportedAt: now.toISOString(), sha256: hashes },
    }),
    { name: 'manifest.json', date: now },
  );
  await archive.finalize();
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Names come from outside; the id tells those apart that look the same. */
function fileName(name: string, id: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  return `${safe.slice(0, 80)}-${id
    .replace(/[^A-Za-z0-9]+/g, '')
    .slice(0, 16)}`;
}
