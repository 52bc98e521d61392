// Which screen is shown: signing up or in until there is an account, then the conversations.
import {useEffect, useMemo} from 'react';
import {type Client, type Preferences} from '../client/facade.ts';
import {type Snapshot} from '../client/snapshot.ts';
import {type Keyboard} from './hooks/keyboard.ts';
import {type ValueStore} from './hooks/value-store.ts';
import {ThemeContext} from './hooks/use-theme.ts';
import {useStore} from './hooks/use-store.ts';
import {EntranceScreen} from './screens/entrance-screen.tsx';
import {Entrance} from './screens/entrance.ts';
import {TalkScreen} from './screens/talk-screen.tsx';
import {Talk} from './screens/talk.ts';
import {type TerminalActions} from './terminal-actions.ts';
import {chooseTheme} from './theme.ts';

export type AppProps = {
	readonly client: Pick<Client, keyof Client>;
	readonly joinLink: string | undefined;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly keyboard: Keyboard;
	readonly snapshots: ValueStore<Snapshot>;
	readonly preferences: ValueStore<Preferences>;
	readonly terminal: TerminalActions;
	readonly now: () => number;
	readonly hostName: string;
};

export function App(props: AppProps) {
	const {account} = useStore(props.snapshots);
	const preferences = useStore(props.preferences);
	const {theme, problems} = useMemo(() => chooseTheme(props.env, preferences), [props.env, preferences]);
	return (
		<ThemeContext value={theme}>
			{account === undefined ? <Outside {...props} /> : <Inside {...props} problem={problems[0]} />}
		</ThemeContext>
	);
}

function Outside({client, joinLink, keyboard, terminal, now, hostName}: AppProps) {
	const entrance = useMemo(
		() => new Entrance({client, joinLink, quit: terminal.quit, now, hostName}),
		[client, joinLink, terminal, now, hostName],
	);
	return <EntranceScreen entrance={entrance} keyboard={keyboard} />;
}

function Inside({
	client,
	keyboard,
	snapshots,
	terminal,
	preferences,
	now,
	problem,
}: AppProps & {problem: string | undefined}) {
	const talk = useMemo(
		() =>
			new Talk({
				client,
				terminal,
				preferences,
				prefer(change) {
					client.setPreferences(change);
					preferences.set(client.preferences);
				},
				now,
			}),
		[client, terminal, preferences, now],
	);
	useEffect(() => (problem === undefined ? undefined : talk.tell(problem)), [talk, problem]);
	return <TalkScreen talk={talk} keyboard={keyboard} snapshots={snapshots} />;
}
