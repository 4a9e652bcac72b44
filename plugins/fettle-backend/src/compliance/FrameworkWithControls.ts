import type { Control, Framework } from 'backstage-plugin-fettle-common';

export interface FrameworkWithControls extends Framework {
  controls: readonly Control[];
}

/** A control in a line. */
export function control(
  id: string,
  title: string,
  rests: Control['rests'],
  unseen: string | null = null,
): Control {
  return { id, title, rests, unseen };
}
