import { InputError } from '@backstage/errors';
import type {
  ComponentReport,
  ScanProblem,
} from 'backstage-plugin-fettle-node';
import { PackageURL } from 'packageurl-js';
import { z } from 'zod';
import { ecosystemOf } from '../ecosystemOf';
import type { ReportFormat, Statement } from '../ReportFormat';

const MOST_COMPONENTS = 100_000;
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

/** Bills of materials and VEX statements: https://cyclonedx.org/docs/1.6/json/ */
export const cyclonedx: ReportFormat = {
  id: 'cyclonedx',
  title: 'CycloneDX (JSON)',
  matches: document =>
    (document as { bomFormat?: unknown } | null)?.bomFormat === 'CycloneDX',
  read(document) {
    const parsed = bomSchema.safeParse(document);
    if (!parsed.success) {
      throw new InputError(
        `The report is no CycloneDX in JSON. ${z.prettifyError(parsed.error)}`,
      );
    }
    const bom = parsed.data;
    const problems: ScanProblem[] = [];
    const tools = bom.metadata?.tools;
    const [tool] = Array.isArray(tools) ? tools : tools?.components ?? [];
    return [
      {
        tool: (tool?.name ?? 'bill of materials').slice(0, 100),
        ...(bom.components && { components: readComponents(bom, problems) }),
        statements: readStatements(bom),
        problems,
      },
    ];
  },
};

function readComponents(bom: Bom, problems: ScanProblem[]): ComponentReport[] {
  const given = bom.components ?? [];
  if (given.length > MOST_COMPONENTS) {
    throw new InputError(
      `The report has ${given.length} components; up to ${MOST_COMPONENTS} are read.`,
    );
  }
  const graph = new Map(
    (bom.dependencies ?? []).map(({ ref, dependsOn = [] }) => [ref, dependsOn]),
  );
  const root = bom.metadata?.component?.['bom-ref'];
  const asked = root === undefined ? undefined : graph.get(root);
  let nameless = 0;
  const reports = given.flatMap((component): ComponentReport[] => {
    const found = identify(component.purl);
    if (!found) {
      nameless += 1;
      return [];
    }
    const ref = component['bom-ref'];
    return [
      {
        ...found,
        version: found.version ?? component.version ?? null,
        licence: licenceOf(component),
        path: BOM,
        direct: asked && ref !== undefined ? asked.includes(ref) : null,
        scope: component.scope === 'required' ? 'runtime' : 'unknown',
      },
    ];
  });
  if (nameless > 0) {
    problems.push({
      path: null,
      message: `${nameless} components of the bill have no package URL that can be read; they are in no advisory and were left out.`,
      action: 'Have the tool write package URLs.',
    });
  }
  return reports;
}

function identify(purl: string | undefined) {
  if (purl === undefined) return undefined;
  try {
    const url = PackageURL.fromString(purl);
    const { version } = url;
    const bare = new PackageURL(url.type, url.namespace, url.name);
    return {
      ...ecosystemOf(url),
      version: version ?? null,
      purl: version ? purl : bare.toString(),
    };
  } catch {
    // It is counted, and told of, with the others that have none.
    return undefined;
  }
}

function licenceOf({ licenses = [] }: z.output<typeof componentSchema>) {
  const words = licenses.flatMap(
    ({ expression, license }) =>
      expression ?? license?.id ?? license?.name ?? [],
  );
  return words.length > 0 ? words.join(' AND ') : undefined;
}

function readStatements(bom: Bom): Statement[] {
  const purls = new Map(
    (bom.components ?? []).flatMap(({ 'bom-ref': ref, purl }) =>
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
