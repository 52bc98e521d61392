// Why a ticket was not redeemed: an introduction says so, and a session counts it.

export type TicketDrop = 'malformed' | 'key-id' | 'tag' | 'expired' | 'early';
