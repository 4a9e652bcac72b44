import { useCallback, useState } from 'react';

/**
 * Something that a person asks the backend to do: whether it is on its way, and
 * why it failed.
 *
 * @public
 */
export function useTask() {
  const [busy, setBusy] = useState<string>();
  const [error, setError] = useState<Error>();
  const run = useCallback(
    async <T>(name: string, task: () => Promise<T>): Promise<T | undefined> => {
      setBusy(name);
      setError(undefined);
      try {
        return await task();
      } catch (failed) {
        setError(failed instanceof Error ? failed : new Error(String(failed)));
        return undefined;
      } finally {
        setBusy(undefined);
      }
    },
    [],
  );
  return { busy, error, run };
}
