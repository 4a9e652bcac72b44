/** A row of `deliveries`, without its place. */
export interface DeliveryRow {
  source_id: string;
  delivery_id: string;
  event: string;
  authority: string;
  headers: string;
  body: string;
  bytes: number;
  sent_at: string | null;
  received_at: string;
  state: string;
  attempts: number;
  reason: string | null;
  repository_id: string | null;
  processed_at: string | null;
  due_at: string | null;
}

export type StoredDeliveryRow = DeliveryRow & { seq: string | number };
