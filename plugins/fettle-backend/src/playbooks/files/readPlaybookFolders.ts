import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { PlaybookFolder } from './PlaybookFiles';

const folderSchema = z.strictObject({
  repository: z.url().max(1000),
  path: z
    .string()
    .max(500)
    .default('')
    .transform(path => path.replace(/^\/+|\/+$/g, ''))
    .refine(
      path => !path.split('/').some(part => part === '..' || part === '.'),
      {
        error:
          "Write a folder from the root of the repository, without '.' or '..'",
      },
    ),
});

/** Reads `fettle.automation.playbookFiles`. */
export function readPlaybookFolders(root: Config): PlaybookFolder[] {
  const key = 'fettle.automation.playbookFiles';
  const parsed = z
    .array(folderSchema)
    .max(20)
    .default([])
    .safeParse(root.getOptional(key));
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new InputError(
    `Invalid config at '${[key, ...path].join(
      '.',
    )}': ${message}. Write a list like [{ repository: 'https://git.example.com/platform/playbooks', path: playbooks }].`,
  );
}
