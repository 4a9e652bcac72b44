import {
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import { isMap, parseAllDocuments, type Document } from 'yaml';
import { lineAt } from '../text/lineAt';

/** What a catalog descriptor holds. */
export interface ParsedDescriptor {
  /** `Kind:name` of the documents that the catalog takes. */
  entities: string[];
  problems: { line: number; message: string }[];
}

/** The rules that the catalog itself applies to every entity. */
const POLICY = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

/** More aliases than this are taken for an attack, as the catalog does. */
const MAX_ALIASES = 100;

/** Reads a descriptor as the catalog does: several documents, empty ones passed over. */
export async function parseDescriptor(text: string): Promise<ParsedDescriptor> {
  const parsed: ParsedDescriptor = { entities: [], problems: [] };
  // An array also for an empty text, which yields an array with a flag.
  for (const document of [...parseAllDocuments(text, { logLevel: 'error' })]) {
    const line = lineAt(text, startOf(document));
    const wrong = (message: string, at = line) =>
      parsed.problems.push({ line: at, message: message.slice(0, 300) });
    const [error] = document.errors;
    if (error) {
      wrong(firstLine(error.message), lineAt(text, error.pos[0]));
      continue;
    }
    let value: unknown;
    try {
      value = document.toJS({ maxAliasCount: MAX_ALIASES });
    } catch (cause) {
      wrong(firstLine(cause instanceof Error ? cause.message : String(cause)));
      continue;
    }
    if (value === null || value === undefined) continue;
    if (!isEntityLike(value)) {
      wrong('The document is not an object with fields.');
      continue;
    }
    try {
      const entity = await POLICY.enforce(value);
      if (entity)
        parsed.entities.push(`${entity.kind}:${entity.metadata.name}`);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      wrong(
        firstLine(
          message.replace(
            /^Policy check failed for [^;]*; caused by \w+: /,
            '',
          ),
        ),
      );
    }
  }
  return parsed;
}

// The policies check the rest of the shape themselves.
function isEntityLike(value: unknown): value is Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function startOf(document: Document.Parsed): number {
  const { contents } = document;
  return isMap(contents) ? contents.range?.[0] ?? 0 : document.range[0];
}

function firstLine(message: string): string {
  return message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '');
}
