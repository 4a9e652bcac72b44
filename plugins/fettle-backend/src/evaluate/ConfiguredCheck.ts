import { InputError } from '@backstage/errors';
import type { CheckDescription } from 'backstage-plugin-fettle-common';
import type { Check } from 'backstage-plugin-fettle-node';
import { z } from 'zod';

/** What config says about a check. */
export interface CheckSettings {
  enabled: boolean;
  weight?: number;
  parameters: unknown;
}

/** A check with its parameters and weight in force. */
export interface ConfiguredCheck {
  check: Check;
  description: CheckDescription;
  parameters: Record<string, unknown>;
}

/**
 * Applies `fettle.checks` to the checks that modules added. Throws where config
 * names a check that nobody added, or parameters that the check does not take.
 */
export function configureChecks(
  checks: ReadonlyMap<string, Check>,
  settings: ReadonlyMap<string, CheckSettings>,
): ConfiguredCheck[] {
  for (const id of settings.keys()) {
    if (!checks.has(id)) {
      throw new InputError(
        `Invalid config at 'fettle.checks.${id}': there is no such check. There are: ${[
          ...checks.keys(),
        ]
          .sort()
          .join(', ')}.`,
      );
    }
  }
  const configured: ConfiguredCheck[] = [];
  for (const check of checks.values()) {
    const setting = settings.get(check.id);
    if (setting && !setting.enabled) continue;
    const parsed = check.parameters.safeParse(setting?.parameters ?? {});
    if (!parsed.success) {
      throw new InputError(
        `Invalid config at 'fettle.checks.${
          check.id
        }.parameters': ${JSON.stringify(
          setting?.parameters,
        )}. ${z.prettifyError(parsed.error)}`,
      );
    }
    const { id, title, group, why, fix, appliesTo, scope } = check;
    configured.push({
      check,
      parameters: parsed.data,
      description: {
        ...{ id, title, group, why, fix, appliesTo, scope },
        weight: setting?.weight ?? check.weight,
        parameters: parsed.data,
      },
    });
  }
  return configured;
}
