export interface HoldRequest {
  sailingId: string;
  seats: number;
}

export interface Hold extends HoldRequest {
  id: string;
  expiresAt: Date;
}

export interface Holds {
  create(sailingId: string, seats: number, options: { minutes: number }): Promise<Hold>;
}

/** The hold comes before the price, because prices are slow and seats are quick. */
export async function holdSeats(holds: Holds, request: HoldRequest): Promise<Hold> {
  return holds.create(request.sailingId, request.seats, { minutes: 10 });
}
