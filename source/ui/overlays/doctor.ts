// The path doctor: what is known of the path to the directory and to each contact, and what to do about it. It guesses nothing.
import {type Diagnosis} from '../../client/facade.ts';
import {PROBLEMS} from '../panes/status.ts';
import {pathWords} from '../panes/title.ts';
import {type Overlay} from '../screen-controls.ts';
import {safeName} from '../text/safe.ts';
import {padTo} from '../text/width.ts';
import {type ThemeRole} from '../theme.ts';
import {type ScreenRow, fitRow, paragraph, span} from '../widgets/spans.ts';
import {movedPage, pageOf} from './choice.ts';

/** A larger difference of the clocks is a warning, ms. */
const CLOCK_MS = 5000;
/** Cells of the labels' column. */
const LABEL = 18;

type Finding = {readonly label: string; readonly role: ThemeRole; readonly words: string; readonly advice?: string};

/** With `verbose`, what was dropped too. */
export function doctorOverlay(diagnosis: Diagnosis, verbose = false, top = 0): Overlay {
	const all = verbose ? [...findings(diagnosis), ...droppedFindings(diagnosis)] : findings(diagnosis);
	const allRows = (width: number) => all.flatMap(finding => findingRows(finding, width));
	return {
		title: 'Path doctor',
		hint: '↑ ↓ move, Esc closes',
		renew: screen => doctorOverlay(screen.client.diagnose(), verbose, top),
		rows: ({width, height}) => pageOf(allRows(width), top, height),
		take(key, screen, {width, height}) {
			const next = movedPage(top, key, allRows(width).length, height);
			if (next !== undefined) screen.show(doctorOverlay(diagnosis, verbose, next));
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
			const isBlocked = path.kind === 'blocked' || path.kind === 'no-way';
			const words = pathWords(path) || 'no path yet';
			return {
				label: safeName(name),
				role: isBlocked ? 'danger' : path.kind === 'lan' || path.kind === 'direct' ? 'good' : 'muted',
				words: `${presence === 'unknown' ? 'presence not known' : presence}; ${words}`,
				...(isBlocked ? {advice: 'messages wait here and go out once there is a path'} : {}),
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

function findingRows({label, role, words, advice}: Finding, width: number): ScreenRow[] {
	const column = Math.min(LABEL, Math.floor(width / 3));
	const glyph = {good: '✓', danger: '!', warning: '~'}[role as string] ?? '·';
	const head = (text: string): ScreenRow => [span(`${glyph} `, role), span(`${padTo(text, column - 1)} `)];
	const rows = paragraph(words, Math.max(1, width - column - 2), role === 'good' ? undefined : role);
	const advised = advice === undefined ? [] : paragraph(advice, Math.max(1, width - column - 2));
	return [...rows, ...advised].map((row, index) =>
		fitRow(index === 0 ? [...head(label), ...row] : [span(' '.repeat(column + 2)), ...row], width),
	);
}
