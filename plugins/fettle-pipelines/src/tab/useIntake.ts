import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect, useState } from 'react';

/** The address of the intake, as a host has to know it. */
export function useIntake(): string {
  const discovery = useApi(discoveryApiRef);
  const [address, setAddress] = useState('/api/fettle');
  useEffect(() => {
    let shown = true;
    discovery.getBaseUrl('fettle').then(
      url => shown && setAddress(url),
      // The path alone is still right on the portal's own address.
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, [discovery]);
  return address;
}
