// What `npm run cluster` looks for is found when it is there: each thing that was acknowledged and is lost, or was done twice.
import {Buffer} from 'node:buffer';
import test from 'ava';
import {type Kept, type Life, lostOf, newLife} from '../../tools/cluster/history.ts';
import {ClusterReport} from '../../tools/cluster/report.ts';
import {identityOf} from '../../tools/members/directory-client.ts';

const verifier = Buffer.alloc(384, 1);
const whole: Life = {
	...newLife('ann'),
	isInvited: true,
	made: ['ann one'],
	verifier,
	isChanged: true,
	hasBlocked: true,
	isOver: true,
};
const account = {name: 'ann', identity_key: identityOf({name: 'ann', device: 'ann one'}).publicKey, verifier};
const kept: Kept = {accounts: [account], invites: [], blocks: [{owner: 'ann'}]};

test('nothing is lost where all is there, and what was not acknowledged may be so or not', t => {
	t.deepEqual(lostOf([whole], kept), []);
	const asked = {...whole, made: [], isChanged: false, hasBlocked: false};
	t.deepEqual(lostOf([asked], kept), []);
	t.deepEqual(lostOf([asked], {accounts: [], invites: [{name: 'ann'}], blocks: []}), []);
	t.deepEqual(lostOf([newLife('bob')], kept), []);
});

function found(life: Partial<Life>, rows: Partial<Kept>): string[] {
	return lostOf([{...whole, ...life}], {...kept, ...rows});
}

test('each loss is found, and each thing that was done twice', t => {
	t.deepEqual(found({made: ['ann one', 'ann two']}, {}), ["two accounts were made of ann's invite"]);
	t.deepEqual(found({}, {invites: [{name: 'ann'}]}), ["ann's invite may be used again"]);
	t.deepEqual(found({}, {blocks: []}), ['ann blocks nobody']);
	const old = {...account, verifier: Buffer.alloc(384, 2)};
	t.deepEqual(found({}, {accounts: [old]}), ["ann's new password does not count"]);
	const other = {...account, identity_key: identityOf({name: 'ann', device: 'ann two'}).publicKey};
	t.deepEqual(found({}, {accounts: [other]}), ["ann's account is not there"]);
	t.deepEqual(found({}, {accounts: []}), [
		"ann's invite is gone",
		"ann's account is not there",
		"ann's new password does not count",
	]);
});

test('the last line counts those that are as expected', t => {
	const lines: string[] = [];
	const report = new ClusterReport(line => lines.push(line));
	report.line(true, 'one');
	report.note('beside');
	report.line(false, 'two');
	t.false(report.end());
	t.deepEqual(lines, ['✔ one', '  beside', '✘ two', '1 of 2 lines as expected']);
});
