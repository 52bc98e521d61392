// The path doctor: what is known of the way to the directory and to each contact, and what to do about it. Nothing is guessed.
import {type Diagnosis} from '../../client/facade.ts';
import {PROBLEMS} from '../panes/status.ts';
import {pathWords} from '../panes/title.ts';
import {safeName} from '../text/safe.ts';
import {padTo} from '../text/width.ts';
import {type Role} from '../theme.ts';
import {type Row, fitRow, paragraph, span} from '../widgets/spans.ts';
import {moved} from './choice.ts';
import {type Overlay} from './overlay.ts';

/** Clocks farther apart than this are worth a word, ms. */
const CLOCK_MS = 5000;
/** Cells before what is said of each thing. */
const LABEL = 18;

type Finding = {readonly label: string; readonly role: Role; readonly words: string; readonly advice?: string};

/** `diagnose` is asked with each drawing, so that it shows what is so now. With `verbose`, what was dropped too. */
export function doctorOverlay(diagnose: () => Diagnosis, verbose = false, top = 0): Overlay {
	/** The first row of the last page, when it was drawn last. */
	let end = Number.MAX_SAFE_INTEGER - 1;
	return {
		title: 'Path doctor',
		hint: '↑ ↓ move, Esc closes',
		rows({width, height}) {
			const found = diagnose();
			const all = verbose ? [...findings(found), ...droppedFindings(found)] : findings(found);
			const rows = all.flatMap(finding => findingRows(finding, width));
			end = Math.max(0, rows.length - height);
			const first = Math.min(top, end);
			return rows.slice(first, first + height);
		},
		take(key, desk) {
			const next = moved(Math.min(top, end), key, end + 1);
			if (next !== undefined) desk.show(doctorOverlay(diagnose, verbose, next));
			return key === 'enter' || next !== undefined;
		},
	};
}

function findings({connection, reflexive, translation, clockOffset, contacts}: Diagnosis): Finding[] {
	const isOnline = connection.state === 'online';
	return [
		isOnline
			? {label: 'directory', role: 'good', words: 'reached, and signed in'}
			: {
					label: 'directory',
					role: 'danger',
					words: 'problem' in connection ? PROBLEMS[connection.problem] : connection.state,
					advice:
						'who is known already can still be talked to while both have a session; look at the network, or ask the admin',
				},
		reflexive === undefined
			? {
					label: 'UDP',
					role: isOnline ? 'danger' : 'muted',
					words: isOnline ? 'the directory’s answer over UDP has not come' : 'not known without the directory',
					...(isOnline
						? {advice: 'a firewall here may drop UDP: let it out to the directory’s port and to your contacts'}
						: {}),
				}
			: {label: 'UDP', role: 'good', words: `out and back; seen from outside as ${reflexive}`},
		translationFinding(translation),
		clockOffset === undefined
			? {label: 'clock', role: 'muted', words: 'not known before a login'}
			: clockFinding(clockOffset),
		...contacts.map(({name, presence, path}): Finding => {
			const words = pathWords(path) || 'no path yet';
			return {
				label: safeName(name),
				role: path.kind === 'blocked' ? 'danger' : path.kind === 'lan' || path.kind === 'direct' ? 'good' : 'muted',
				words: `${presence === 'unknown' ? 'presence not known' : presence}; ${words}`,
				...(path.kind === 'blocked' ? {advice: 'messages wait here and go out once there is a path'} : {}),
			};
		}),
	];
}

/** Reasons as the protocol calls them: for whoever looks for a fault. */
function droppedFindings({dropped}: Diagnosis): Finding[] {
	if (dropped.length === 0) return [{label: 'dropped', role: 'muted', words: 'nothing since the start'}];
	return dropped.map(({source, reason, count}, index) => ({
		label: index === 0 ? 'dropped' : '',
		role: 'muted',
		words: `${count} × ${source}: ${reason}`,
	}));
}

function translationFinding(translation: Diagnosis['translation']): Finding {
	switch (translation) {
		case 'none':
			return {label: 'address', role: 'good', words: 'this machine’s own: nobody translates it'};
		case 'translated':
			return {
				label: 'address',
				role: 'warning',
				words: 'translated on the way (NAT); of which kind cannot be told from one server',
				advice: 'holes are not punched yet: two people who are both behind a NAT may need a port forwarded on one side',
			};
		default:
			return {label: 'address', role: 'muted', words: 'not known without an answer over UDP'};
	}
}

function clockFinding(offset: number): Finding {
	const seconds = Math.round(Math.abs(offset) / 1000);
	if (Math.abs(offset) < CLOCK_MS) return {label: 'clock', role: 'good', words: 'agrees with the directory’s'};
	return {
		label: 'clock',
		role: 'warning',
		words: `${seconds} s ${offset > 0 ? 'behind' : 'ahead of'} the directory’s`,
		advice: 'simchat makes up for it; set the machine’s clock all the same',
	};
}

function findingRows({label, role, words, advice}: Finding, width: number): Row[] {
	const column = Math.min(LABEL, Math.floor(width / 3));
	const glyph = {good: '✓', danger: '!', warning: '~'}[role as string] ?? '·';
	const head = (text: string): Row => [span(`${glyph} `, role), span(`${padTo(text, column - 1)} `)];
	const rows = paragraph(words, Math.max(1, width - column - 2), role === 'good' ? undefined : role);
	const advised = advice === undefined ? [] : paragraph(advice, Math.max(1, width - column - 2));
	return [...rows, ...advised].map((row, index) =>
		fitRow(index === 0 ? [...head(label), ...row] : [span(' '.repeat(column + 2)), ...row], width),
	);
}
