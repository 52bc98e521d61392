// What may lie on top of the messages: an immutable value that draws itself as rows, and that a key replaces by another.
import {type Snapshot} from '../../client/snapshot.ts';
import {type ScreenControls} from '../screen-controls.ts';
import {type ScreenRow} from '../widgets/spans.ts';

/** What an overlay is drawn into, cells; the field, if there is one, is drawn above. */
export type OverlayFrame = {readonly width: number; readonly height: number; readonly snapshot: Snapshot};

export type Overlay = {
	/** What it is; safe to draw. */
	readonly title: string;
	/** The keys that it takes, in words. */
	readonly hint: string;
	/** What is typed in its field, safe to draw; without one it has no field. */
	readonly query?: string;
	/** The overlay for what is typed now. */
	readonly ask?: (query: string, screen: ScreenControls) => Overlay;
	/** At most `height` rows of `width` cells. */
	rows(frame: OverlayFrame): readonly ScreenRow[];
	/** What a key does, by its name; false when it is none of its keys. */
	take(key: string, screen: ScreenControls): boolean;
};
