// Errors that are counted by their code.
import test from 'ava';
import {ErrorCounts, systemCode} from '../../source/os/error-counts.ts';

const failed = (code: unknown) => Object.assign(new Error('it failed'), {code});

test('errors are counted by their code, and what went well is not', t => {
	const errors = new ErrorCounts();
	for (const each of [
		failed('EMFILE'),
		null,
		undefined,
		failed('EMFILE'),
		failed('EPERM'),
		new Error('none'),
		'text',
	]) {
		errors.note(each);
	}

	t.deepEqual(
		[...errors.counts],
		[
			['EMFILE', 2],
			['EPERM', 1],
			['unknown', 2],
		],
	);
	t.true(errors.guard(() => {}));
	t.false(
		errors.guard(() => {
			throw failed('EPERM');
		}),
	);
	t.is(errors.counts.get('EPERM'), 2);
	t.is(systemCode(failed(7)), 'unknown');
});

test('there are 32 codes at most', t => {
	const errors = new ErrorCounts();
	for (let index = 0; index < 100; index++) errors.note(failed(`E${index}`));
	errors.note(failed('E0'));
	t.is(errors.counts.size, 32);
	t.is(errors.counts.get('E0'), 2);
});
