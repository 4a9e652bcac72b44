import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where a program is: as config says, or in PATH; undefined where it is not. */
export async function findProgram(
  name: string,
  tools: ReadonlyMap<string, string>,
  path: string = process.env.PATH ?? '',
): Promise<string | undefined> {
  const told = tools.get(name);
  const candidates =
    told !== undefined
      ? [told]
      : path.split(delimiter).map(folder => join(folder, name));
  for (const candidate of candidates) {
    // What a relative one names depends on where the backend was started.
    if (!isAbsolute(candidate)) continue;
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  return undefined;
}
