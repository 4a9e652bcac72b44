import type { Team } from './catalog/people';
import type { History } from './history/History';

/** A catalog component that one demo repository backs. */
export interface DemoComponent {
  name: string;
  description: string;
  type: 'service' | 'website' | 'library';
  lifecycle: 'production' | 'experimental' | 'deprecated';
  owner: Team;
  system: 'payments' | 'shop' | 'insights' | 'foundations';
  tags: string[];
  /** Its folder in a monorepo. */
  subpath?: string;
}

/** One repository of the demo fleet. */
export interface DemoRepository {
  /** `<group>/<name>` */
  name: string;
  /** None: it exists and nobody registered it. */
  components: DemoComponent[];
  /** Its past; without one it is registered and does not exist. */
  build?: (history: History) => void;
  /** The branch that has the commits, where it is not the one that HEAD names. */
  defaultBranch?: string;
}
