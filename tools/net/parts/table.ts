// The table: each kind of home to each, as people send.
import {deliveryLine, isAsExpected} from '../delivery.ts';
import {SIX_KINDS, TABLE_KINDS, expectedOf} from '../expected.ts';
import {type HomeKind} from '../homes.ts';
import {deliverAll} from '../pairs.ts';
import {type Person} from '../person.ts';
import {type World} from '../world.ts';
import {type Report} from './report.ts';

/** How many of the 36 pairs of six kinds were tried and delivered, and how many should have been. */
export type TableCount = {delivered: number; expected: number; pairs: number};

/** Counts into `counts` as it goes. */
export async function runTable(
	world: World,
	report: Report,
	counts: TableCount,
	kinds: readonly HomeKind[] = TABLE_KINDS,
): Promise<void> {
	const people = new Map<string, Person>();
	await Promise.all(
		kinds.flatMap(kind =>
			['a', 'b'].map(async side => {
				// Birthday probing is for contacts of each other alone.
				const others = kinds.map(each => nameOf(side === 'a' ? 'b' : 'a', each));
				people.set(`${side} ${kind}`, (await world.resident(nameOf(side, kind), kind, undefined, others)).person);
			}),
		),
	);
	// Neighbours in the list share no home, so that several can go at once.
	const pairs = kinds.flatMap((_, shift) =>
		kinds.map((from, index) => {
			const to = kinds[(index + shift) % kinds.length]!;
			return {from: people.get(`a ${from}`)!, to: people.get(`b ${to}`)!, names: {from, to}};
		}),
	);
	await deliverAll(pairs, (delivery, {names: {from, to}}) => {
		report.judge(isAsExpected(delivery, expectedOf(from, to)), deliveryLine(delivery));
		if (![from, to].every(kind => SIX_KINDS.some(each => each === kind))) return;
		counts.pairs++;
		if (delivery.isDelivered) counts.delivered++;
		if ('withinS' in expectedOf(from, to)) counts.expected++;
	});
}

function nameOf(side: string, kind: HomeKind): string {
	return `${side}-${kind.toLowerCase().replace(' ', '-')}`;
}
