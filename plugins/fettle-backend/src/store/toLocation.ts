import type { DiscoveredRepository } from './FettleStore';
import type { LocationRow } from './tables';

export function toLocation(row: LocationRow): DiscoveredRepository {
  return {
    id: row.id,
    sourceId: row.source_id,
    remote: row.remote,
    name: row.name,
    host: row.host,
    ...(row.web_url === null ? {} : { webUrl: row.web_url }),
  };
}
