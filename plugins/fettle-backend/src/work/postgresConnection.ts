import { InputError } from '@backstage/errors';
import type { Options } from 'postgres';
import { z } from 'zod';

const settings = z.object({
  connectionString: z.string().optional(),
  host: z.string().optional(),
  port: z.coerce.number().int().optional(),
  user: z.string().optional(),
  password: z.string().optional(),
  database: z.string().optional(),
  ssl: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
  stream: z.undefined({
    error:
      'connections through a connector that brings its own socket are not supported',
  }),
});

/**
 * What knex was given to reach PostgreSQL, as postgres.js wants it: an object,
 * or a function that gives one with a short-lived password (then it is asked
 * again for every new connection).
 *
 * @param role - what knex sets with SET ROLE
 * @throws InputError when it is none of these; never with the values
 */
export async function postgresConnection(
  connection: unknown,
  role?: string,
): Promise<Options<{}>> {
  const provider = typeof connection === 'function' ? connection : undefined;
  const given = readSettings(provider ? await provider() : connection);
  const url = given.connectionString ? readUrl(given.connectionString) : null;
  const options: Options<{}> = {
    host: given.host ?? (url?.hostname || undefined),
    port: given.port ?? (Number(url?.port) || undefined),
    user: given.user ?? (decode(url?.username) || undefined),
    database: given.database ?? (decode(url?.pathname.slice(1)) || undefined),
    password: provider
      ? async () => readSettings(await provider()).password ?? ''
      : given.password ?? decode(url?.password),
    ssl: given.ssl ?? sslOf(url?.searchParams.get('sslmode')),
    connection: {
      application_name: 'fettle_work',
      ...(role && { role }),
    },
  };
  // postgres.js takes a key without a value for a value.
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
}

function readSettings(connection: unknown): z.infer<typeof settings> {
  // knex hides the password from enumeration, so names are asked one by one.
  const source =
    typeof connection === 'string'
      ? { connectionString: connection }
      : Object(connection);
  const named = Object.keys(settings.shape).map(key => [
    key,
    Reflect.get(source, key) ?? undefined,
  ]);
  const result = settings.safeParse(Object.fromEntries(named));
  if (!result.success) {
    throw new InputError(
      `Durable work cannot use the plugin's PostgreSQL connection: ${result.error.issues
        .map(issue => `${issue.path.join('.')}: ${issue.message}`)
        .join('; ')}`,
    );
  }
  return result.data;
}

function readUrl(text: string): URL {
  // What `new URL` throws shows the whole text, the password in it.
  if (!URL.canParse(text)) {
    throw new InputError(
      "Durable work cannot read the plugin's PostgreSQL connectionString; it looks like postgresql://user@host:5432/database",
    );
  }
  return new URL(text);
}

function decode(part: string | undefined): string | undefined {
  return part === undefined ? undefined : decodeURIComponent(part);
}

function sslOf(mode: string | null | undefined): Options<{}>['ssl'] {
  switch (mode) {
    case null:
    case undefined:
      return undefined;
    case 'disable':
      return false;
    case 'verify-full':
    case 'verify-ca':
      return 'verify-full';
    case 'no-verify':
      return 'require';
    // node-postgres checks the certificate in the other modes.
    default:
      return 'verify-full';
  }
}
