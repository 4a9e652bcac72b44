import { ConflictError, InputError } from '@backstage/errors';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Throws for an id that is taken or not valid. */
export function add<T>(
  map: Map<string, T>,
  kind: string,
  id: string,
  value: T,
) {
  if (!ID.test(id)) {
    throw new InputError(
      `The ${kind} id '${id}' is not valid: use lower case letters, digits and dashes, at most 64.`,
    );
  }
  if (map.has(id)) {
    throw new ConflictError(`Two modules add the ${kind} '${id}'.`);
  }
  map.set(id, value);
}
