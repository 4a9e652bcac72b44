import type { CompiledPolicy } from '../Policy';

const WITH_HISTORY = new Set(['score', 'state']);
/** What a repository is known by does not change. */
const LASTING = new Set(['id', 'name', 'host', 'remote']);

/** What a policy reads that has no history, and is therefore as it is today on every day. */
export function asToday({
  condition,
  when,
  described,
}: CompiledPolicy): string[] {
  const { variables } = condition.reads;
  const read = [condition, when].flatMap(one => one?.reads ?? []);
  const said: string[] = [];
  const fields = [...new Set(read.flatMap(({ repository }) => repository))]
    .filter(field => !WITH_HISTORY.has(field) && !LASTING.has(field))
    .sort();
  if (fields.length > 0) {
    said.push(
      `No history is kept of what else a repository is (${fields.join(
        ', ',
      )}): it is as today.`,
    );
  }
  const { owners, systems } = described.scope;
  const entities = read.some(one => one.variables.includes('entities'));
  if (entities || owners.length > 0 || systems.length > 0) {
    said.push('No history is kept of entities and owners: they are as today.');
  }
  if (variables.includes('components')) {
    said.push('No history is kept of components: they are as today.');
  }
  if (variables.includes('findings')) {
    said.push(
      'Of findings it is known when they were open, accepted and fixed; severity, exploitation and the rest are as today.',
      'No history is kept of scans that failed: they count as today, from the first scan on.',
    );
  }
  if (variables.includes('verdicts')) {
    said.push(
      'Of verdicts the status is known on each day; the rest, and checks that are gone since, are not.',
    );
  }
  return said;
}
