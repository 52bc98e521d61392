// The other chat servers, of which a ratio would need one that is installed here.
import {spawnSync} from 'node:child_process';
import {type Row} from '../table.ts';

/** Whether prosody is there. It is not started: no machine of ours had it to try that on. */
export async function prosody(): Promise<Row[]> {
	const {status} = spawnSync('sh', ['-c', 'command -v prosody'], {stdio: 'ignore'});
	return [{what: 'prosody beside us', measured: status === 0 ? 'installed, not measured' : 'not installed'}];
}
