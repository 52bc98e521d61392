// English: the catalogue by which the others are typed. A file for each part of the program.
import {account} from './account.ts';
import {acts} from './acts.ts';
import {commandLine} from './command-line.ts';
import {commands} from './commands.ts';
import {connection} from './connection.ts';
import {demo} from './demo.ts';
import {doctor} from './doctor.ts';
import {files} from './files.ts';
import {handover} from './handover.ts';
import {history} from './history.ts';
import {identity} from './identity.ts';
import {linearCommands} from './linear-commands.ts';
import {linear} from './linear.ts';
import {lines} from './lines.ts';
import {output} from './output.ts';
import {path} from './path.ts';
import {presence} from './presence.ts';
import {refusals} from './refusals.ts';
import {sending} from './sending.ts';
import {settingsFile} from './settings-file.ts';
import {status} from './status.ts';
import {terminal} from './terminal.ts';
import {usage} from './usage.ts';

export const en = {
	/** BCP 47, for numbers, plurals and dates (Intl). */
	language: 'en',
	account,
	acts,
	commandLine,
	commands,
	connection,
	demo,
	doctor,
	files,
	handover,
	history,
	identity,
	linearCommands,
	linear,
	lines,
	output,
	path,
	presence,
	refusals,
	sending,
	settingsFile,
	status,
	terminal,
	usage,
};
