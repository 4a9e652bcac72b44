/** What a file says that it is, before the backend judges it. */
export type DescribedReport =
  | {
      form: string;
      tools: string[];
      holds: { results?: number; components?: number; statements?: number };
      /** The whole id of the commit that it is about, where it says so. */
      commit?: string;
    }
  | { problem: 'empty' | 'noJson' | 'noForm' };

/** Looks into a report of another tool. Whatever is in it, this only tells. */
export function describeReport(text: string): DescribedReport {
  if (text.trim() === '') return { problem: 'empty' };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { problem: 'noJson' };
  }
  const { runs, version, bomFormat } = fields(document);
  if (Array.isArray(runs) && version === '2.1.0') return describeSarif(runs);
  if (bomFormat === 'CycloneDX') return describeBom(fields(document));
  return { problem: 'noForm' };
}

function describeSarif(runs: readonly unknown[]): DescribedReport {
  const all = runs.map(fields);
  const commits = all
    .flatMap(run => list(run.versionControlProvenance))
    .map(one => fields(one).revisionId);
  return {
    form: 'SARIF 2.1.0',
    tools: names(all.map(run => fields(fields(run.tool).driver).name)),
    holds: { results: sum(all.map(({ results }) => list(results).length)) },
    commit: commits.find(isCommit),
  };
}

function describeBom(bom: Record<string, unknown>): DescribedReport {
  const { tools } = fields(bom.metadata);
  const named = Array.isArray(tools) ? tools : list(fields(tools).components);
  const statements = list(bom.vulnerabilities).length;
  return {
    form: `CycloneDX ${String(bom.specVersion ?? '')}`.trim(),
    tools: names(named.map(one => fields(one).name)),
    holds: {
      ...(bom.components === undefined
        ? {}
        : { components: list(bom.components).length }),
      ...(statements === 0 ? {} : { statements }),
    },
  };
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function names(values: readonly unknown[]): string[] {
  return [...new Set(values.filter(one => typeof one === 'string'))];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function isCommit(value: unknown): value is string {
  return (
    typeof value === 'string' && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)
  );
}
