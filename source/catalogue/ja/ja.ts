// Japanese. A file for each part of the program.
import type {Catalogue} from '../catalogue-type.ts';
import {account} from './account.ts';
import {acts} from './acts.ts';
import {bots} from './bots.ts';
import {commandLine} from './command-line.ts';
import {commands} from './commands.ts';
import {connection} from './connection.ts';
import {contacts} from './contacts.ts';
import {conversation} from './conversation.ts';
import {decisions} from './decisions.ts';
import {demo} from './demo.ts';
import {devices} from './devices.ts';
import {doctor} from './doctor.ts';
import {doctorScreen} from './doctor-screen.ts';
import {entrance} from './entrance.ts';
import {files} from './files.ts';
import {firstMinutes} from './first-minutes.ts';
import {handover} from './handover.ts';
import {help} from './help.ts';
import {history} from './history.ts';
import {identity} from './identity.ts';
import {keeper} from './keeper.ts';
import {keys} from './keys.ts';
import {linear} from './linear.ts';
import {linearCommands} from './linear-commands.ts';
import {lines} from './lines.ts';
import {notices} from './notices.ts';
import {offeredFiles} from './offered-files.ts';
import {outbox} from './outbox.ts';
import {output} from './output.ts';
import {password} from './password.ts';
import {path} from './path.ts';
import {presence} from './presence.ts';
import {reactions} from './reactions.ts';
import {recovery} from './recovery.ts';
import {refusals} from './refusals.ts';
import {search} from './search.ts';
import {sending} from './sending.ts';
import {settings} from './settings.ts';
import {settingsFile} from './settings-file.ts';
import {slashCommands} from './slash-commands.ts';
import {status} from './status.ts';
import {terminal} from './terminal.ts';
import {time} from './time.ts';
import {title} from './title.ts';
import {transfers} from './transfers.ts';
import {usage} from './usage.ts';
import {verify} from './verify.ts';

export const ja: Catalogue = {
	language: 'ja',
	stop: '。',
	account,
	acts,
	bots,
	commandLine,
	commands,
	connection,
	contacts,
	conversation,
	decisions,
	demo,
	devices,
	doctor,
	doctorScreen,
	entrance,
	files,
	firstMinutes,
	handover,
	help,
	history,
	identity,
	keeper,
	keys,
	linear,
	linearCommands,
	lines,
	notices,
	offeredFiles,
	outbox,
	output,
	password,
	path,
	presence,
	reactions,
	recovery,
	refusals,
	search,
	sending,
	settings,
	settingsFile,
	slashCommands,
	status,
	terminal,
	time,
	title,
	transfers,
	usage,
	verify,
};
