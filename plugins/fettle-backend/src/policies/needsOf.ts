import type { Needs } from '../store/policies/PolicyStore';
import type { CompiledPolicy } from './Policy';

/** Which long lists these policies read. */
export function needsOf(policies: readonly CompiledPolicy[]): Needs {
  const any = (name: 'verdicts' | 'components' | 'findings') =>
    policies.some(({ reads }) => reads.includes(name));
  return {
    verdicts: any('verdicts'),
    components: any('components'),
    findings: any('findings'),
  };
}
