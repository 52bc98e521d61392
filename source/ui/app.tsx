// What is on the screen: signing up or in until there is an account, then the talk.
import {useApp} from 'ink';
import {useEffect, useMemo} from 'react';
import {type Client} from '../client/facade.ts';
import {type Snapshot} from '../client/snapshot.ts';
import {type Keyboard} from './hooks/keyboard.ts';
import {type Store} from './hooks/store.ts';
import {ThemeContext} from './hooks/use-theme.ts';
import {useStore} from './hooks/use-store.ts';
import {type Size} from './panes/layout.ts';
import {EntranceScreen} from './screens/entrance-screen.tsx';
import {Entrance} from './screens/entrance.ts';
import {TalkScreen} from './screens/talk-screen.tsx';
import {Talk} from './screens/talk.ts';
import {type Theme} from './theme.ts';

/** What Ink does for those outside of its tree. */
export type InkApp = ReturnType<typeof useApp>;

export type AppProps = {
	readonly client: Pick<Client, keyof Client>;
	readonly joinLink: string | undefined;
	readonly theme: Theme;
	readonly keyboard: Keyboard;
	readonly snapshots: Store<Snapshot>;
	readonly size: () => Size;
	readonly quit: () => void;
	readonly suspend: () => void;
	readonly redraw: () => void;
	/** Called once, with the first frame. */
	readonly onApp?: (app: InkApp) => void;
};

export function App({theme, onApp, ...props}: AppProps) {
	const app = useApp();
	useEffect(() => onApp?.(app), [app, onApp]);
	const {account} = useStore(props.snapshots);
	return (
		<ThemeContext value={theme}>{account === undefined ? <Outside {...props} /> : <Inside {...props} />}</ThemeContext>
	);
}

type ScreenProps = Omit<AppProps, 'theme' | 'onApp'>;

function Outside({client, joinLink, keyboard, quit}: ScreenProps) {
	const entrance = useMemo(() => new Entrance({client, joinLink, quit}), [client, joinLink, quit]);
	const {account} = client;
	const title = account === undefined ? 'simchat: sign up' : `simchat: sign in as ${account.name} at ${account.server}`;
	return <EntranceScreen entrance={entrance} keyboard={keyboard} title={title} />;
}

function Inside({client, keyboard, snapshots, size, quit, suspend, redraw}: ScreenProps) {
	const talk = useMemo(() => new Talk({client, size, quit, suspend, redraw}), [client, size, quit, suspend, redraw]);
	return <TalkScreen talk={talk} keyboard={keyboard} snapshots={snapshots} />;
}
