import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { controlSchema } from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import type { Installed } from './controlStatus';
import type { FrameworkWithControls } from './FrameworkWithControls';
import { cisSupplyChain } from './frameworks/cisSupplyChain';
import { scorecard } from './frameworks/scorecard';
import { slsa } from './frameworks/slsa';

/** Those that ship with Fettle. Another is a file beside them, and its name here. */
const BUILT_IN: readonly FrameworkWithControls[] = [
  scorecard,
  slsa,
  cisSupplyChain,
];

const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const settingsSchema = z.strictObject({
  enabled: z.boolean().optional(),
  title: z.string().min(1).max(300).optional(),
  version: z.string().max(100).optional(),
  source: z.url().optional(),
  controls: z.array(z.strictObject(controlSchema.shape)).min(1).optional(),
});

/** Reads `fettle.compliance.frameworks`; a bad value throws with its key and what would be right. */
export function readFrameworks(
  root: Config,
  installed: Installed,
): FrameworkWithControls[] {
  const key = 'fettle.compliance.frameworks';
  const config = root.getOptionalConfig(key);
  const own = (config?.keys() ?? []).map(id => ({
    id,
    settings: readSettings(`${key}.${id}`, id, config!.get(id)),
  }));
  const settingsOf = (id: string) => own.find(one => one.id === id)?.settings;
  const shipped = BUILT_IN.flatMap(framework => {
    const { enabled = true, ...changes } = settingsOf(framework.id) ?? {};
    return enabled ? [{ ...framework, ...changes }] : [];
  });
  const added = own
    .filter(({ id }) => !BUILT_IN.some(framework => framework.id === id))
    .filter(({ settings }) => settings.enabled ?? true)
    .map(({ id, settings }): FrameworkWithControls => {
      const { title = id, version = null, source = null, controls } = settings;
      if (!controls) {
        throw new InputError(
          `Invalid config at '${key}.${id}': the framework has no 'controls'. Write some, or correct the id: ${BUILT_IN.map(
            one => one.id,
          ).join(', ')} ship with Fettle.`,
        );
      }
      return { id, title, version, source, builtIn: false, controls };
    });
  // What ships with Fettle may rest on what this portal leaves out: that is not seen.
  for (const { id, settings } of own) {
    assertKnown(`${key}.${id}`, settings.controls ?? [], installed);
  }
  return [...shipped, ...added];
}

function readSettings(key: string, id: string, value: unknown) {
  if (!ID.test(id)) {
    throw new InputError(
      `Invalid config at '${key}': '${id}' is no id of a framework. Use lower case letters, digits and dashes.`,
    );
  }
  const parsed = settingsSchema.safeParse(value);
  if (!parsed.success) {
    const [{ path, message }] = parsed.error.issues;
    throw new InputError(
      `Invalid config at '${[key, ...path].join('.')}': ${message}`,
    );
  }
  return parsed.data;
}

function assertKnown(
  key: string,
  controls: FrameworkWithControls['controls'],
  { checks, policies }: Installed,
) {
  const ids = new Set<string>();
  for (const [index, { id, rests }] of controls.entries()) {
    const where = `'${key}.controls[${index}]'`;
    if (ids.has(id)) {
      throw new InputError(
        `Invalid config at ${where}: there are two controls '${id}'.`,
      );
    }
    ids.add(id);
    for (const rest of rests) {
      const [kind, name, known] =
        'check' in rest
          ? (['check', rest.check, checks] as const)
          : (['policy', rest.policy, policies] as const);
      if (!known.has(name)) {
        throw new InputError(
          `Invalid config at ${where}: there is no ${kind} '${name}'. There are: ${[
            ...known,
          ]
            .sort()
            .join(', ')}.`,
        );
      }
    }
  }
}
