// Connecting to the server without waiting for the next try, and what the person is told of it.
import {catalogue} from '../catalogue/catalogue.ts';
import {type ScreenControls} from './screen-controls.ts';

export function reconnect(screen: Pick<ScreenControls, 'client' | 'tell'>): void {
	const pause = screen.client.reconnect();
	if (pause === 0) return screen.tell('connecting …');
	if (pause !== undefined) {
		return screen.tell(`connecting in ${Math.ceil(pause / 1000)} s: the server asked for this pause`);
	}

	const {connection} = screen.client.snapshot();
	if (connection.state === 'online') screen.tell('connected already');
	else
		screen.tell(connection.state === 'stopped' ? catalogue.status.problems[connection.problem] : 'connecting already');
}
