// By what the servers of a cluster hear each other: their database, or Redis, whose client is loaded only for that.
import {type Random} from '../../crypto/random.ts';
import {type BusLink} from './bus-link.ts';
import {parseBusPlace} from './bus-place.ts';

/** `url`: as an operator types it, and as it was checked. Undefined for the database. */
export async function chooseLink(url: string | undefined, random: Random): Promise<BusLink | undefined> {
	const place = url === undefined ? undefined : parseBusPlace(url);
	if (place === undefined) return undefined;
	const {redisLink} = await import('./redis-link.ts');
	return redisLink(place, random);
}
