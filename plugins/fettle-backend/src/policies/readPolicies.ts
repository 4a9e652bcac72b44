import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  policyLevelSchema,
  policyScopeSchema,
  severitySchema,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { compilePolicy, type CompiledPolicy } from './Policy';
import { STARTER_POLICIES, type PolicySettings } from './starterPolicies';

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

const settingsSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).optional(),
  condition: z.string().trim().min(1).max(4000).optional(),
  scope: policyScopeSchema.partial().strict().optional(),
  severity: severitySchema.optional(),
  level: policyLevelSchema.optional(),
  message: z.string().trim().min(1).max(1000).optional(),
  enabled: z.boolean().optional(),
});

/**
 * Reads `fettle.policies`, on top of those that ship with Fettle. Throws where a
 * value or an expression is wrong: which policy, where, and what would be right.
 */
export function readPolicies(root: Config): CompiledPolicy[] {
  const config = root.getOptionalConfig('fettle.policies');
  const ids = new Set([
    ...Object.keys(STARTER_POLICIES),
    ...(config?.keys() ?? []),
  ]);
  return [...ids].sort().flatMap(id => {
    const given = config?.has(id) ? readSettings(id, config.get(id)) : {};
    const known = Object.hasOwn(STARTER_POLICIES, id)
      ? STARTER_POLICIES[id]
      : undefined;
    if (given.enabled === false) return [];
    return [compilePolicy(complete(id, { ...known, ...given }, !!known))];
  });
}

function readSettings(id: string, value: unknown): PolicySettings {
  const key = `fettle.policies.${id}`;
  if (!ID.test(id)) {
    throw new InputError(
      `Invalid config at '${key}': '${id}' is no id of a policy. Use lower case letters, digits and dashes, at most 64.`,
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

function complete(id: string, settings: PolicySettings, builtIn: boolean) {
  const { condition, title, message, scope } = settings;
  if (condition === undefined) {
    throw new InputError(
      `Invalid config at 'fettle.policies.${id}': the policy has no 'condition'. Write one in CEL that is true where a repository keeps it, or correct the id: ${Object.keys(
        STARTER_POLICIES,
      ).join(', ')} ship with Fettle.`,
    );
  }
  return {
    id,
    title: title ?? id,
    condition,
    scope: policyScopeSchema.parse(scope ?? {}),
    severity: settings.severity ?? ('medium' as const),
    level: settings.level ?? ('observe' as const),
    message: message ?? `'${title ?? id}' is not kept.`,
    builtIn,
  };
}
