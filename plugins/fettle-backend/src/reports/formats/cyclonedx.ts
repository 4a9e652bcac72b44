import { InputError } from '@backstage/errors';
import type { ComponentScope } from 'backstage-plugin-fettle-common';
import type {
  ComponentReport,
  ScanProblem,
} from 'backstage-plugin-fettle-node';
import { PackageURL } from 'packageurl-js';
import { z } from 'zod';
import { ecosystemOf } from '../ecosystemOf';
import type { ReportFormat, Statement } from '../ReportFormat';

const MOST_COMPONENTS = 100_000;
/** Components in components. */
const MOST_DEPTH = 20;
const MOST_CHAIN = 20;
/** What a bill of materials names is in no file of the repository. */
const BOM = '';
/** Verdicts of a supplier by which a vulnerability is none here. */
const NONE = ['not_affected', 'false_positive', 'resolved_with_pedigree'];

const licenceSchema = z.object({
  expression: z.string().optional(),
  license: z
    .object({ id: z.string().optional(), name: z.string().optional() })
    .optional(),
});
const componentSchema = z.object({
  type: z.string().optional(),
  'bom-ref': z.string().optional(),
  name: z.string(),
  version: z.string().optional(),
  purl: z.string().optional(),
  scope: z.string().optional(),
  licenses: z.array(licenceSchema).optional(),
  // Of the same form, and read level by level: there is no end to them.
  components: z.array(z.unknown()).optional(),
});
const bomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  metadata: z
    .object({
      tools: z
        .union([
          z.array(z.object({ name: z.string().optional() })),
          z.object({
            components: z.array(z.object({ name: z.string() })).optional(),
          }),
        ])
        .optional(),
      component: z.object({ 'bom-ref': z.string().optional() }).optional(),
    })
    .optional(),
  components: z.array(componentSchema).optional(),
  dependencies: z
    .array(
      z.object({ ref: z.string(), dependsOn: z.array(z.string()).optional() }),
    )
    .optional(),
  vulnerabilities: z
    .array(
      z.object({
        id: z.string().optional(),
        references: z.array(z.object({ id: z.string().optional() })).optional(),
        affects: z.array(z.object({ ref: z.string() })).optional(),
        analysis: z
          .object({
            state: z.string().optional(),
            justification: z.string().optional(),
            detail: z.string().optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});
type Bom = z.output<typeof bomSchema>;
type BomComponent = z.output<typeof componentSchema>;

/** Bills of materials and VEX statements: https://cyclonedx.org/docs/1.6/json/ */
export const cyclonedx: ReportFormat = {
  id: 'cyclonedx',
  title: 'CycloneDX (JSON)',
  matches: document =>
    (document as { bomFormat?: unknown } | null)?.bomFormat === 'CycloneDX',
  read(document) {
    const bom = parse(bomSchema, document);
    const components = flatten(bom.components ?? []);
    const told: ScanProblem[] = [];
    const tools = bom.metadata?.tools;
    const [tool] = Array.isArray(tools) ? tools : tools?.components ?? [];
    return [
      {
        tool: (tool?.name ?? 'bill of materials').slice(0, 100),
        ...(bom.components && {
          components: readComponents(bom, components, told),
        }),
        statements: readStatements(bom, components),
        ...{ problems: [], told },
      },
    ];
  },
};

function parse<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new InputError(
    `The report is no CycloneDX in JSON. ${z.prettifyError(parsed.error)}`,
  );
}

/** Components with all that is in them. */
function flatten(top: readonly BomComponent[]): BomComponent[] {
  const all: BomComponent[] = [];
  let level = top;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === MOST_DEPTH) {
      throw new InputError(
        `The report has components in components more than ${MOST_DEPTH} deep.`,
      );
    }
    for (const component of level) all.push(component);
    const inner = level.flatMap(({ components = [] }) => components);
    if (all.length + inner.length > MOST_COMPONENTS) {
      throw new InputError(
        `The report has more than ${MOST_COMPONENTS} components; up to ${MOST_COMPONENTS} are read.`,
      );
    }
    level = parse(z.array(componentSchema), inner);
  }
  return all;
}

function readComponents(
  bom: Bom,
  given: readonly BomComponent[],
  told: ScanProblem[],
): ComponentReport[] {
  const reached = reach(bom);
  const named = given.map(component => ({
    component,
    found: identify(component.purl),
  }));
  const names = new Map(
    named.map(({ component, found }) => [component['bom-ref'], found?.name]),
  );
  let nameless = 0;
  const reports = named.flatMap(({ component, found }): ComponentReport[] => {
    if (!found) {
      nameless += 1;
      return [];
    }
    const ref = component['bom-ref'];
    const chain = ref === undefined ? undefined : reached?.get(ref);
    return [
      {
        ...found,
        version: found.version ?? component.version ?? null,
        licence: licenceOf(component),
        path: BOM,
        direct: reached && ref !== undefined ? chain?.length === 0 : null,
        scope: scopeOf(component),
        chain: chain?.flatMap(by => names.get(by) ?? []),
      },
    ];
  });
  if (nameless > 0) {
    told.push({
      path: null,
      message: `${nameless} components of the bill have no package URL that can be read; they are in no advisory and were left out.`,
      action: 'Have the tool write package URLs.',
    });
  }
  return reports;
}

/** By ref: those by which it came, the shortest way from what the root asks for. Undefined where the bill does not tell. */
function reach(bom: Bom): Map<string, readonly string[]> | undefined {
  const graph = new Map(
    (bom.dependencies ?? []).map(({ ref, dependsOn = [] }) => [ref, dependsOn]),
  );
  const root = bom.metadata?.component?.['bom-ref'];
  const asked = root === undefined ? undefined : graph.get(root);
  if (!asked) return undefined;
  const reached = new Map<string, readonly string[]>();
  const wave = asked.map(ref => ({ ref, chain: [] as readonly string[] }));
  // Grows while it is gone through.
  for (const { ref, chain } of wave) {
    if (reached.has(ref)) continue;
    reached.set(ref, chain);
    const next = chain.length < MOST_CHAIN ? [...chain, ref] : chain;
    for (const inner of graph.get(ref) ?? []) {
      if (!reached.has(inner)) wave.push({ ref: inner, chain: next });
    }
  }
  return reached;
}

/** One that is left out is `required`. */
function scopeOf({ scope = 'required' }: BomComponent): ComponentScope {
  if (scope === 'required') return 'runtime';
  if (scope === 'excluded') return 'development';
  return scope === 'optional' ? 'optional' : 'unknown';
}

function identify(purl: string | undefined) {
  if (purl === undefined) return undefined;
  try {
    const url = PackageURL.fromString(purl);
    const bare = new PackageURL(url.type, url.namespace, url.name);
    return { ...ecosystemOf(url), purl: url.version ? purl : bare.toString() };
  } catch {
    // It is counted, and told of, with the others that have none.
    return undefined;
  }
}

function licenceOf({ licenses = [] }: BomComponent) {
  const words = licenses.flatMap(
    ({ expression, license }) =>
      expression ?? license?.id ?? license?.name ?? [],
  );
  if (words.length < 2) return words[0];
  return words
    .map(word => (/\sOR\s/i.test(word) ? `(${word})` : word))
    .join(' AND ');
}

function readStatements(
  bom: Bom,
  components: readonly BomComponent[],
): Statement[] {
  const purls = new Map(
    components.flatMap(({ 'bom-ref': ref, purl }) =>
      ref !== undefined && purl !== undefined ? [[ref, purl] as const] : [],
    ),
  );
  return (bom.vulnerabilities ?? []).flatMap(one => {
    const { state, justification, detail } = one.analysis ?? {};
    const names = [
      one.id ?? [],
      ...(one.references ?? []).map(({ id }) => id ?? []),
    ].flat();
    if (!state || !NONE.includes(state) || names.length === 0) return [];
    const reason = [state, justification, detail].filter(Boolean).join(': ');
    return [
      {
        names,
        purls: (one.affects ?? []).map(({ ref }) => purls.get(ref) ?? ref),
        reason: reason.slice(0, 2_000),
      },
    ];
  });
}
