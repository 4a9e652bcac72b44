import type {
  FileEdit,
  PlanContext,
  PlaybookStep,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { parseImage, type ImageRegistry } from '../pins/ImageRegistry';

const parameters = z.strictObject({
  paths: z
    .array(z.string().min(1).max(300))
    .max(100)
    .default([])
    .describe('Dockerfiles to change. Empty for all.'),
});
type Parameters = z.output<typeof parameters>;

const DOCKERFILE =
  /(?:^|\/)(?:Dockerfile|Containerfile)(?:[.-](?!.*(?:ignore|md)$)[^/]+)?$|\.(?:dockerfile|containerfile)$/i;
const FROM =
  /^(\s*FROM\s+(?:--[\w-]+=\S+\s+)*)([^\s#@$]+)((?:\s+AS\s+(\S+))?\s*(?:#.*)?)$/i;
const MOST = 200;

/** Names base images by the digests that their tags are at. */
export function pinImages(registry: ImageRegistry): PlaybookStep<Parameters> {
  return {
    id: 'pin-images',
    title: 'Pin base images',
    description:
      'Names each base image of a Dockerfile by the digest that its tag is at now. The tag stays, for people.',
    parameters,
    ...{ destructive: false, idempotent: true, reversible: true },
    plan: context => plan(context, registry),
  };
}

async function plan(
  { parameters: given, tree, problems, signal }: PlanContext<Parameters>,
  registry: ImageRegistry,
) {
  const paths = (await tree.list())
    .filter(({ type, path }) => type === 'file' && DOCKERFILE.test(path))
    .map(({ path }) => path)
    .filter(path => given.paths.length === 0 || given.paths.includes(path))
    .slice(0, MOST);
  const files: FileEdit[] = [];
  const notes: string[] = [];
  const left = new Map<string, string>();
  const digests = new Map<string, Promise<string | undefined>>();
  const read = await tree.read(paths);
  for (const [path, { text }] of read) {
    if (text === undefined || text.includes('\ufffd')) continue;
    const stages = new Set(['scratch']);
    const lines = text.split('\n');
    for (const [index, raw] of lines.entries()) {
      if (raw.length > 1_000) continue;
      const end = raw.endsWith('\r') ? '\r' : '';
      const line = end ? raw.slice(0, -1) : raw;
      const [, start, name, rest, stage] = FROM.exec(line) ?? [];
      if (!name) continue;
      const isStage = stages.has(name.toLowerCase());
      if (stage) stages.add(stage.toLowerCase());
      const image = isStage ? undefined : parseImage(name);
      if (!image) continue;
      if (!registry.knows(image)) {
        left.set(
          path,
          `${image.registry} is no registry that Fettle may ask; see \`fettle.steps.pinImages.registries\`.`,
        );
        continue;
      }
      const key = JSON.stringify(image);
      const asked = digests.get(key) ?? registry.digest(image, { signal });
      digests.set(key, asked);
      const digest = await asked;
      if (!digest) {
        left.set(path, `${image.registry} has no ${image.name}:${image.tag}.`);
        continue;
      }
      lines[index] = `${start}${name}@${digest}${rest}${end}`;
      notes.push(`${name} is at ${digest.slice(0, 19)}`);
    }
    const content = lines.join('\n');
    if (content !== text) files.push({ path, content });
  }
  for (const [path, reason] of left) notes.push(`${path}: ${reason}`);
  if (files.length === 0) notes.push('No image is to be pinned.');
  return {
    files,
    notes: [...new Set(notes)],
    unmended: problems.flatMap(({ key, finding }) => {
      const reason = left.get(finding?.path ?? '');
      return reason ? [{ key, reason }] : [];
    }),
  };
}
