import type { CSSProperties, ReactNode } from 'react';

const style: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  padding: 0,
  overflow: 'hidden',
  clip: 'rect(0 0 0 0)',
  whiteSpace: 'nowrap',
  border: 0,
};

/**
 * Words for those who listen to a page.
 *
 * @public
 */
export function VisuallyHidden(props: { children: ReactNode }) {
  return <span style={style}>{props.children}</span>;
}
