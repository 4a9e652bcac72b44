import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { FettleApi } from '../api/FettleApi';
import type { LiveHandle } from './LiveHub';
import type { LiveReader } from './LiveReader';
import type { LiveState } from './LiveState';
import type { Cause } from './SerialTask';
import { useLiveHub } from './useLiveHub';

/**
 * What every live hook gives besides its value.
 *
 * @public
 */
export interface LiveControls {
  /** Why the newest could not be read. The last value stays beside it. */
  error?: Error;
  live: LiveState;
  /** Reads anew at once. */
  reload(): void;
  /** Tries what failed again at once. */
  retry(): void;
}

/**
 * Follows a reader for as long as the component is there and the key is the
 * same. Without a scope it follows nothing.
 */
export function useLiveReader<R extends LiveReader>(options: {
  scope: string | undefined;
  key: string;
  create(api: FettleApi): R;
}): LiveControls & { reader?: R; want(cause: Cause): void } {
  const { scope, key } = options;
  const hub = useLiveHub();
  const [, render] = useReducer((count: number) => count + 1, 0);
  const [followed, setFollowed] = useState<{
    scope: string;
    key: string;
    handle: LiveHandle<R>;
  }>();
  const [connecting] = useState(
    (): LiveState => ({ mode: 'connecting', since: new Date() }),
  );
  const create = useRef(options.create);
  create.current = options.create;

  useEffect(() => {
    if (scope === undefined) return undefined;
    const handle = hub.follow<R>({
      scope,
      key,
      create: api => create.current(api),
      onChange: render,
    });
    setFollowed({ scope, key, handle });
    return () => handle.release();
  }, [hub, scope, key]);

  // A handle of another key shows something else; it is gone in a moment.
  const current =
    followed?.key === key && followed.scope === scope
      ? followed.handle
      : undefined;
  const want = useCallback((cause: Cause) => current?.want(cause), [current]);
  const reload = useCallback(() => want('anew'), [want]);
  const retry = useCallback(() => current?.retry(), [current]);
  return {
    reader: current?.reader,
    error: current?.error,
    live: current?.live ?? connecting,
    want,
    reload,
    retry,
  };
}
