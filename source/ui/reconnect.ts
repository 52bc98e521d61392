// Connecting to the server without waiting for the next try, and what the person is told of it.
import {catalogue} from '../catalogue/catalogue.ts';
import {type ScreenControls} from './screen-controls.ts';

export function reconnect(screen: Pick<ScreenControls, 'client' | 'tell'>): void {
	const pause = screen.client.reconnect();
	if (pause === 0) return screen.tell(catalogue.notices.connecting);
	if (pause !== undefined) {
		return screen.tell(catalogue.notices.connectingIn(Math.ceil(pause / 1000)));
	}

	const {connection} = screen.client.snapshot();
	if (connection.state === 'online') screen.tell(catalogue.notices.connectedAlready);
	else
		screen.tell(
			connection.state === 'stopped'
				? catalogue.status.problems[connection.problem]
				: catalogue.notices.connectingAlready,
		);
}
